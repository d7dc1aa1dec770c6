import { metricsOf } from './metricsOf.ts';

/** The metrics behind each list of a configuration: asked for every event that comes in. */
const metricsOfList = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * True when a list of event names speaks of this event, under whichever name each goes: "Order Completed" covers
 * "Placed Order", and its line "Ordered Product", but is not covered by the line alone.
 */
export function coversEvent(names: readonly string[], event: string): boolean {
  const covered = metricsOfList.get(names) ?? new Set<string>(names.flatMap((name) => [name, ...metricsOf(name)]));
  metricsOfList.set(names, covered);
  return covered.has(event) || metricsOf(event).every((metric) => covered.has(metric));
}
