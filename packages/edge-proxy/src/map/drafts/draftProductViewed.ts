import { METRIC_OF_EVENT } from '@sluice/shared';
import { VIEWED_PRODUCT } from '../read/productFields.ts';
import { readMoney } from '../read/readMoney.ts';
import { renameFields } from '../read/renameFields.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Product Viewed and Product Clicked, worth the product's price. */
export function draftProductViewed({ properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Product Viewed'],
      uniqueId: messageKey,
      value: readMoney(properties.price),
      properties: renameFields(properties, VIEWED_PRODUCT),
    },
  ];
}
