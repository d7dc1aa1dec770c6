import type { Page } from 'playwright-core';

const MAX_STEPS = 60;

/** Presses Tab until the focus is where the selector points; whoever cannot get there by keyboard fails here. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < MAX_STEPS; step++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`${MAX_STEPS} times Tab did not reach ${selector}.`);
}

/** Goes to an element by Tab and presses Enter on it. */
export async function pressOn(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
}

/** Goes to fields by Tab, in the order given, and types into each. */
export async function typeInto(page: Page, texts: Record<string, string>): Promise<void> {
  for (const [selector, text] of Object.entries(texts)) {
    await tabTo(page, selector);
    await page.keyboard.type(text);
  }
}

export const testId = (id: string) => `[data-testid="${id}"]`;
