import { METRIC_OF_EVENT } from '@sluice/shared';
import { readOrderTotal } from '../read/readOrderTotal.ts';
import { readText } from '../read/readText.ts';
import { renameOrder } from '../read/renameOrder.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Order Fulfilled and Order Cancelled. Their unique id must be Placed Order's, or Klaviyo's lifetime value misses them. */
export function draftOrderChanged(event: 'Order Fulfilled' | 'Order Cancelled', facts: TrackFacts): Draft[] {
  const { properties, messageKey } = facts;
  return [
    {
      metric: METRIC_OF_EVENT[event],
      uniqueId: readText(properties.order_id) ?? messageKey,
      value: readOrderTotal(properties),
      properties: renameOrder(properties),
    },
  ];
}
