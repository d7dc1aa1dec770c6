import { METRIC_OF_EVENT } from '@sluice/shared';
import { REMOVED_PRODUCT } from '../read/productFields.ts';
import { renameFields } from '../read/renameFields.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Product Removed. */
export function draftRemoved({ properties, messageKey }: TrackFacts): Draft[] {
  return [
    {
      metric: METRIC_OF_EVENT['Product Removed'],
      uniqueId: messageKey,
      properties: renameFields(properties, REMOVED_PRODUCT),
    },
  ];
}
