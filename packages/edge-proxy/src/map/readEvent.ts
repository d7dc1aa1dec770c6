import { canonicalEvent, type TrackMessage } from '@sluice/shared';
import { isFulfilled } from './drafts/isFulfilled.ts';

/** Which event of the table a tracked one is: "Placed Order" is Order Completed, an update that fulfils Order Fulfilled. */
export function readEvent({ event, properties }: TrackMessage): string {
  return isFulfilled(event, properties) ? 'Order Fulfilled' : canonicalEvent(event);
}
