import { DERIVED_METRICS } from '@sluice/shared';
import { firstMoney } from '../read/firstMoney.ts';
import { nameLines } from '../read/nameLines.ts';
import { readLineTotal } from '../read/readLineTotal.ts';
import { readMoney } from '../read/readMoney.ts';
import { readText } from '../read/readText.ts';
import { renameLine } from '../read/renameLine.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Ordered Product, sent line by line as Klaviyo's guide does: under the id that the same line has in Order Completed. */
export function draftOrderedProduct({ properties, messageKey }: TrackFacts): Draft[] {
  const orderId = readText(properties.order_id);
  const isNamed = [properties.line_id, properties.sku, properties.product_id].some((id) => readText(id) !== undefined);
  const [line] = orderId !== undefined && isNamed ? nameLines([properties]) : [];
  return [
    {
      metric: DERIVED_METRICS.orderLine,
      uniqueId: line === undefined ? messageKey : `${orderId}:${line}`,
      ...(line !== undefined && { line }),
      value: readMoney(readLineTotal(properties)) ?? firstMoney(properties, ['value', 'total', 'revenue']),
      properties: renameLine(properties, orderId),
    },
  ];
}
