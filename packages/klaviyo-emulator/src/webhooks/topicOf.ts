import { integrationOf } from '../state/integrationOf.ts';
import type { Metric } from '../state/types.ts';

/**
 * The topic of a metric's events: `event:api.active_on_site` for "Active on Site". Accounts are seen to answer such
 * ids; how Klaviyo shortens names of other characters is not documented, and one underscore for each run is a guess.
 */
export function topicOf(metric: Metric): string {
  const slug = metric.name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return `event:${integrationOf(metric).key}.${slug}`;
}
