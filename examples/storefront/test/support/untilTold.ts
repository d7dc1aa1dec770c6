import type { Page } from 'playwright-core';

/** Waits until the page has told the SDK of an event. It loads beside the page, so a page left at once may tell nothing. */
export function untilTold(page: Page, name: string): Promise<void> {
  return page.locator('[data-strip-events] li', { hasText: name }).first().waitFor();
}
