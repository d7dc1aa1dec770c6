import { DERIVED_METRICS, type JsonObject, METRIC_OF_EVENT } from '@sluice/shared';
import { nameLines } from '../read/nameLines.ts';
import { readLineTotal } from '../read/readLineTotal.ts';
import { readMoney } from '../read/readMoney.ts';
import { readOrderTotal } from '../read/readOrderTotal.ts';
import { readProducts } from '../read/readProducts.ts';
import { readText } from '../read/readText.ts';
import { renameLine } from '../read/renameLine.ts';
import { renameOrder } from '../read/renameOrder.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Order Completed: the order, then each of its lines. */
export function draftOrderPlaced({ properties, messageKey }: TrackFacts): Draft[] {
  const orderId = readText(properties.order_id);
  // An order without an id still counts, once a message; that another reporter means the same one cannot be known.
  const orderKey = orderId ?? messageKey;
  const products = readProducts(properties);
  const lines = nameLines(products);
  return [
    {
      metric: METRIC_OF_EVENT['Order Completed'],
      uniqueId: orderKey,
      value: readOrderTotal(properties),
      properties: renameOrder(properties),
    },
    ...products.map((product, index) => draftLine(product, lines[index] ?? '', { orderId, orderKey })),
  ];
}

function draftLine(product: JsonObject, line: string, order: { orderId: string | undefined; orderKey: string }): Draft {
  return {
    metric: DERIVED_METRICS.orderLine,
    uniqueId: `${order.orderKey}:${line}`,
    line,
    value: readMoney(readLineTotal(product)),
    properties: renameLine(product, order.orderId),
    said: { ...product, ...(order.orderId !== undefined && { order_id: order.orderId }) },
  };
}
