import { METRIC_OF_EVENT } from '@sluice/shared';
import { readOrderTotal } from '../read/readOrderTotal.ts';
import { readText } from '../read/readText.ts';
import { renameCart } from '../read/renameCart.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Checkout Started: once a checkout, however often its page is opened. */
export function draftCheckout({ properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Checkout Started'],
      uniqueId: readText(properties.checkout_id) ?? readText(properties.order_id) ?? messageKey,
      value: readOrderTotal(properties, ['total', 'value', 'revenue']),
      properties: renameCart(properties),
    },
  ];
}
