import { type Config, MAX_EVENT_NAME_LENGTH, metricsOf } from '@sluice/shared';
import { wellFormed } from './clean/wellFormed.ts';

type Names = Config['events']['names'];

/** The names of each configuration by metric: asked for every event. */
const namesByMetric = new WeakMap<Names, ReadonlyMap<string, string>>();

/** The shop's own name for a metric, else its default name. Both "Placed Order" and "Order Completed" may be the key. */
export function renameMetric(metric: string, names: Names): string {
  const known =
    namesByMetric.get(names) ??
    new Map<string, string>(Object.entries(names).map(([key, name]) => [metricsOf(key)[0], name]));
  namesByMetric.set(names, known);
  return wellFormed((known.get(metric) ?? metric).slice(0, MAX_EVENT_NAME_LENGTH));
}
