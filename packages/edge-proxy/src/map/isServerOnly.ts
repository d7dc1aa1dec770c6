import { type Config, DERIVED_METRICS, type Message, metricsOf } from '@sluice/shared';
import { readEvent } from './readEvent.ts';
import { renameMetric } from './renameMetric.ts';

/**
 * True when a message claims an event that the configuration takes from back ends only, under whichever name: "Placed
 * Order" is "Order Completed", an update may fulfil an order, and the shop may have given a metric a name of its own.
 */
export function isServerOnly(message: Message, { serverOnly, names }: Config['events']): boolean {
  if (serverOnly.length === 0) return false;
  const withOwnNames = (name: string) => [
    name,
    ...metricsOf(name).flatMap((metric) => [metric, renameMetric(metric, names)]),
  ];
  const reserved = new Set(serverOnly.flatMap(withOwnNames));
  return namesOf(message)
    .flatMap(withOwnNames)
    .some((name) => reserved.has(name));
}

function namesOf(message: Message): string[] {
  if (message.type === 'track') return [message.event, readEvent(message)];
  if (message.type === 'page' || message.type === 'screen')
    return [
      DERIVED_METRICS[message.type],
      ...(message.context?.sessionStart === true ? [DERIVED_METRICS.session] : []),
    ];
  return [];
}
