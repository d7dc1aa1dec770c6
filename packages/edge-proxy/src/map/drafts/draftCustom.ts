import { firstMoney } from '../read/firstMoney.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** An event that is in no table: it keeps its name and its properties. */
export function draftCustom(event: string, { properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: event,
      uniqueId: messageKey,
      value: firstMoney(properties, ['value', 'revenue', 'total']),
      properties,
    },
  ];
}
