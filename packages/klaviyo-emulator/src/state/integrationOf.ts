import type { Metric } from './types.ts';

/** The service of the metrics Klaviyo records itself. */
export const OWN_SERVICE = 'klaviyo';

// Ids as recorded from accounts by public clients' test fixtures; 0eMvjm, often seen beside them, is Shopify's.
const OWN = { object: 'integration', id: '0rG4eQ', key: OWN_SERVICE, name: 'Klaviyo', category: 'Internal' };
const API_ID = '7FtS4J';

/** Where a metric's events come from. */
export function integrationOf(metric: Pick<Metric, 'service'>) {
  if (metric.service === OWN_SERVICE) return OWN;
  const name = metric.service ?? 'API';
  return { object: 'integration', id: metric.service ?? API_ID, key: name.toLowerCase(), name, category: 'API' };
}
