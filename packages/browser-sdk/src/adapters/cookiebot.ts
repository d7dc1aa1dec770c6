import type { Sluice } from '../types.ts';

interface Page {
  Cookiebot?: { hasResponse: boolean; consent: Record<string, unknown> };
}

/**
 * Follows Cookiebot, once the visitor has answered.
 *
 * @param categories Cookiebot's name of a category
 * @example followCookiebot(sluice)
 */
export function followCookiebot(
  sluice: Pick<Sluice, 'consent'>,
  categories: Record<string, string> = { marketing: 'marketing', analytics: 'statistics', functional: 'preferences' },
): void {
  const look = () => {
    const { Cookiebot } = window as Page;
    if (!Cookiebot?.hasResponse) return;
    const choices: Record<string, boolean> = {};
    for (const [category, name] of Object.entries(categories)) choices[category] = Cookiebot.consent[name] === true;
    sluice.consent(choices);
  };
  for (const event of ['CookiebotOnConsentReady', 'CookiebotOnAccept', 'CookiebotOnDecline'])
    addEventListener(event, look);
  look();
}
