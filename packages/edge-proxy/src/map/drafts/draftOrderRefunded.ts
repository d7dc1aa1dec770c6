import { type Json, type JsonObject, METRIC_OF_EVENT } from '@sluice/shared';
import { readLinesTotal } from '../read/readLinesTotal.ts';
import { readMoney } from '../read/readMoney.ts';
import { readNumber } from '../read/readNumber.ts';
import { readProducts } from '../read/readProducts.ts';
import { readText } from '../read/readText.ts';
import { renameOrder } from '../read/renameOrder.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** What is paid back, the surest name first; Segment's Order Refunded has only the `total`. */
const REFUND = ['refund_amount', 'refund', 'total', 'revenue', 'value'];

/** Order Refunded, worth what is paid back: all of it, or the part that this refund is about. */
export function draftOrderRefunded(facts: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Order Refunded'],
      uniqueId: readRefundKey(facts),
      value: readRefund(facts.properties),
      properties: renameOrder(facts.properties),
    },
  ];
}

function readRefund(properties: JsonObject): number | undefined {
  const amounts = REFUND.map((key) => readMoney(withoutSign(properties[key])));
  return amounts.find((amount) => amount !== undefined) ?? readLinesTotal(readProducts(properties));
}

/** Some back ends book what is paid back below zero; it is the same money. */
function withoutSign(value: Json | undefined): number | undefined {
  const amount = readNumber(value);
  return amount === undefined ? undefined : Math.abs(amount);
}

function readRefundKey({ properties, messageKey, refundIds }: TrackFacts): string {
  const orderId = readText(properties.order_id);
  if (orderId === undefined) return messageKey;
  const refundId = refundIds === 'refund' ? readText(properties.refund_id) : undefined;
  // A refund without an id of its own is the order's: better one too few than the same one twice.
  return refundId === undefined ? orderId : `${orderId}:${refundId}`;
}
