import { makeShortId } from './makeId.ts';
import type { Account, Metric, World } from './types.ts';

const METRIC_ID_CHARS = 6;

/** As JSON, since both may hold any sign; an empty service is none. */
export const metricKey = (name: string, service: string | null) => JSON.stringify([service || null, name]);

/** The metric of this name and integration; a new name makes a new metric. */
export function findOrCreateMetric(
  world: World,
  account: Account,
  wanted: { name: string; service?: string | null; nowMs: number },
): Metric {
  const service = wanted.service || null;
  const known = account.metrics.get(account.index.metric.get(metricKey(wanted.name, service)) ?? '');
  if (known) return known;
  const metric: Metric = {
    id: makeShortId(world, METRIC_ID_CHARS),
    name: wanted.name,
    service,
    createdMs: wanted.nowMs,
    updatedMs: wanted.nowMs,
    hasValues: false,
  };
  account.metrics.set(metric.id, metric);
  account.index.metric.set(metricKey(metric.name, service), metric.id);
  return metric;
}
