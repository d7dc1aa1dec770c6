import type { BrowserContext, Page } from 'playwright-core';
import { enter } from './shopper.ts';

/** What one of the shop's pages does with its SDK, in order; `reset` is a log-out. */
export type Act = { track: string } | { identify: string } | 'reset';

/** Opens the shop's first page and accepts its banner. */
export async function visit(context: BrowserContext): Promise<Page> {
  const { page, press } = await enter(context);
  await page.goto('/');
  await press('consent-accept');
  return page;
}

/** Has the page's own instance of the SDK do all this and send it. Returns the visitor's anonymous id. */
export function act(page: Page, acts: Act[]): Promise<string | null> {
  // As text: Vite would rewrite the import, which the page makes.
  return page.evaluate(`(async () => {
    const { config } = await import('/config.js');
    const sluice = window.sluice.createSluice(config);
    for (const one of ${JSON.stringify(acts)}) {
      if (one === 'reset') sluice.reset();
      else if (one.track) sluice.track(one.track);
      else sluice.identify({ email: one.identify });
    }
    await sluice.flush();
    return sluice.anonymousId();
  })()`);
}

/**
 * Deletes all that scripts have stored, as Safari does after a week, and comes back. The choice is remembered, as by a
 * consent tool whose server sets a cookie too.
 */
export async function comeBackAfterAWeek(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
    localStorage.setItem('sluice.consent', '{"marketing":true}');
  });
  await page.reload();
}
