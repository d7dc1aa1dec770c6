import type { BrowserContext, Page } from 'playwright-core';
import { WRITE_KEY } from './demo.ts';
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
 * Does by hand what our SDK does not do yet (docs/decisions/0007-visitor-cookie.md): it sends a batch with cookies, which
 * the proxy answers with one.
 */
export function sendWithCookies(page: Page, proxyUrl: string, event: string): Promise<number> {
  return page.evaluate(
    async ([url, writeKey, event]) => {
      const { anonymousId } = JSON.parse(localStorage.getItem(`sluice.${writeKey}.t`) ?? '{}').head;
      const context = { consent: { categoryPreferences: { marketing: true } } };
      const message = { type: 'track', event, messageId: crypto.randomUUID(), anonymousId, context };
      const body = JSON.stringify({ writeKey, batch: [message] });
      return (await fetch(`${url}/v1/batch`, { method: 'POST', credentials: 'include', body })).status;
    },
    [proxyUrl, WRITE_KEY, event] as const,
  );
}

/**
 * Deletes all that scripts have stored, as Safari does after a week, and comes back. Likewise by hand, the id is then that
 * of the cookie; the choice is remembered, as by a consent tool whose server sets a cookie too.
 */
export async function comeBackAfterAWeek(page: Page): Promise<void> {
  await page.evaluate((writeKey) => {
    localStorage.clear();
    sessionStorage.clear();
    const cookies = document.cookie.split('; ').map((cookie) => cookie.split('='));
    const kept = cookies.find(([name]) => name === `sluice.${writeKey}`)?.[1]?.split('~')[0];
    localStorage.setItem(`sluice.${writeKey}.t`, JSON.stringify({ head: { anonymousId: kept, context: {} } }));
    localStorage.setItem('sluice.consent', '{"marketing":true}');
  }, WRITE_KEY);
  await page.reload();
}
