import { METRIC_OF_EVENT } from '@sluice/shared';
import { renameCart } from '../read/renameCart.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Product List Viewed. */
export function draftListViewed({ properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Product List Viewed'],
      uniqueId: messageKey,
      properties: renameCart(properties),
    },
  ];
}
