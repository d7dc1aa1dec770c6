import { METRIC_OF_EVENT } from '@sluice/shared';
import { renameCart } from '../read/renameCart.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Cart Viewed. */
export function draftCartViewed({ properties, messageKey }: TrackFacts): Draft[] {
  return [{ metric: METRIC_OF_EVENT['Cart Viewed'], uniqueId: messageKey, properties: renameCart(properties) }];
}
