import type { Sluice } from '../types.ts';

type Signals = Record<string, string>;

/**
 * Follows Google Consent Mode v2: what `gtag('consent', 'default' | 'update', …)` puts into the data layer, already
 * there or still to come. A default counts only once the visitor has decided, so `update` decides.
 *
 * @param categories which signals a category needs, all of them
 * @example followConsentMode(sluice)
 */
export function followConsentMode(
  sluice: Pick<Sluice, 'consent'>,
  categories: Record<string, string[]> = {
    marketing: ['ad_storage', 'ad_user_data', 'ad_personalization'],
    analytics: ['analytics_storage'],
  },
): void {
  const page = window as unknown as { dataLayer?: unknown[] };
  page.dataLayer ??= [];
  const layer = page.dataLayer;
  const signals: Signals = {};
  const read = (entry: unknown) => {
    // gtag pushes its `arguments`.
    const [command, kind, said] = Array.from((entry ?? []) as ArrayLike<unknown>) as [string, string, Signals];
    if (command !== 'consent') return;
    Object.assign(signals, said);
    if (kind !== 'update') return;
    const choices: Record<string, boolean> = {};
    for (const [category, needed] of Object.entries(categories)) {
      const known = needed.map((name) => signals[name]).filter(Boolean);
      if (known[0]) choices[category] = known.every((signal) => signal === 'granted');
    }
    sluice.consent(choices);
  };
  const { push } = layer;
  layer.push = (...entries) => {
    entries.forEach(read);
    return push.apply(layer, entries);
  };
  layer.forEach(read);
}
