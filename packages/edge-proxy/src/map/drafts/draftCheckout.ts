import { METRIC_OF_EVENT } from '@sluice/shared';
import { firstMoney } from '../read/firstMoney.ts';
import { readLinesTotal } from '../read/readLinesTotal.ts';
import { readProducts } from '../read/readProducts.ts';
import { readText } from '../read/readText.ts';
import { renameCart } from '../read/renameCart.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** `value` is what Segment's Checkout Started calls the total. */
const TOTAL = ['total', 'revenue', 'value'];

/** Checkout Started: once a checkout, however often its page is opened. */
export function draftCheckout({ properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Checkout Started'],
      uniqueId: readText(properties.checkout_id) ?? readText(properties.order_id) ?? messageKey,
      value: firstMoney(properties, TOTAL) ?? readLinesTotal(readProducts(properties)),
      properties: renameCart(properties),
    },
  ];
}
