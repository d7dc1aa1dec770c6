import { METRIC_OF_EVENT } from '@sluice/shared';
import { firstMoney } from '../read/firstMoney.ts';
import { VIEWED_PRODUCT } from '../read/productFields.ts';
import { renameFields } from '../read/renameFields.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Product Viewed and Product Clicked, worth the product's price, else what the event says it is worth. */
export function draftProductViewed({ properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Product Viewed'],
      uniqueId: messageKey,
      value: firstMoney(properties, ['price', 'value']),
      properties: renameFields(properties, VIEWED_PRODUCT),
    },
  ];
}
