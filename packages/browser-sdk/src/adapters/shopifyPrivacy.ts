import type { Sluice } from '../types.ts';

interface Shopify {
  customerPrivacy?: { currentVisitorConsent(): Record<string, string> };
  loadFeatures?(features: { name: string; version: string }[], callback: (error?: unknown) => void): void;
}

/**
 * Follows Shopify's customer privacy API: `yes`, `no`, or an empty text for a visitor who has not decided.
 *
 * @param categories Shopify's name of a category
 * @example followShopifyPrivacy(sluice)
 */
export function followShopifyPrivacy(
  sluice: Pick<Sluice, 'consent'>,
  categories: Record<string, string> = { marketing: 'marketing', analytics: 'analytics', functional: 'preferences' },
): void {
  const { Shopify } = window as { Shopify?: Shopify };
  const look = () => {
    const said = Shopify?.customerPrivacy?.currentVisitorConsent() ?? {};
    const choices: Record<string, boolean> = {};
    for (const [category, name] of Object.entries(categories)) if (said[name]) choices[category] = said[name] === 'yes';
    sluice.consent(choices);
  };
  document.addEventListener('visitorConsentCollected', look);
  if (Shopify?.customerPrivacy) look();
  else Shopify?.loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], (error) => error || look());
}
