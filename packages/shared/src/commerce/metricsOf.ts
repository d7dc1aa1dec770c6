import { canonicalEvent } from './canonicalEvent.ts';
import { DERIVED_METRICS, METRIC_OF_EVENT } from './names.ts';

const metricOfEvent = new Map<string, string>(Object.entries(METRIC_OF_EVENT));

/** The metrics that a tracked event becomes, by their default names: one, or for an order the order's and its lines'. */
export function metricsOf(name: string): readonly [string, ...string[]] {
  const event = canonicalEvent(name);
  const metric = metricOfEvent.get(event) ?? event;
  return event === 'Order Completed' ? [metric, DERIVED_METRICS.orderLine] : [metric];
}
