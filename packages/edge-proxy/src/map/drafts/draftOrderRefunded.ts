import { METRIC_OF_EVENT } from '@sluice/shared';
import { firstMoney } from '../read/firstMoney.ts';
import { readOrderTotal } from '../read/readOrderTotal.ts';
import { readText } from '../read/readText.ts';
import { renameOrder } from '../read/renameOrder.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Names under which shops send a part that is paid back; Segment's Order Refunded has only the `total`. */
const REFUND = ['refund_amount', 'refund'];

/** Order Refunded, worth what is paid back. */
export function draftOrderRefunded(facts: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Order Refunded'],
      uniqueId: readRefundKey(facts),
      value: firstMoney(facts.properties, REFUND) ?? readOrderTotal(facts.properties),
      properties: renameOrder(facts.properties),
    },
  ];
}

function readRefundKey({ properties, messageKey, refundIds }: TrackFacts): string {
  const orderId = readText(properties.order_id);
  if (orderId === undefined) return messageKey;
  const refundId = refundIds === 'refund' ? readText(properties.refund_id) : undefined;
  // A refund without an id of its own is the order's: better one too few than the same one twice.
  return refundId === undefined ? orderId : `${orderId}:${refundId}`;
}
