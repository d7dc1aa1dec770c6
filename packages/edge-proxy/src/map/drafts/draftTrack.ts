import type { CommerceEvent } from '@sluice/shared';
import type { Draft, TrackFacts } from './draft.ts';
import { draftAdded } from './draftAdded.ts';
import { draftCartViewed } from './draftCartViewed.ts';
import { draftCheckout } from './draftCheckout.ts';
import { draftCustom } from './draftCustom.ts';
import { draftListViewed } from './draftListViewed.ts';
import { draftOrderChanged } from './draftOrderChanged.ts';
import { draftOrderPlaced } from './draftOrderPlaced.ts';
import { draftOrderRefunded } from './draftOrderRefunded.ts';
import { draftProductViewed } from './draftProductViewed.ts';
import { draftRemoved } from './draftRemoved.ts';
import { draftSearched } from './draftSearched.ts';

type Row = (facts: TrackFacts) => Draft[];

/** The contract's table; the type holds it to every commerce event there is. */
const ROWS: Record<CommerceEvent | 'Order Updated', Row> = {
  'Product Viewed': draftProductViewed,
  'Product Clicked': draftProductViewed,
  'Product List Viewed': draftListViewed,
  'Products Searched': draftSearched,
  'Product Added': draftAdded,
  'Product Removed': draftRemoved,
  'Cart Viewed': draftCartViewed,
  'Checkout Started': draftCheckout,
  'Order Completed': draftOrderPlaced,
  'Order Updated': draftOrderUpdated,
  'Order Fulfilled': (facts) => draftOrderChanged('Order Fulfilled', facts),
  'Order Cancelled': (facts) => draftOrderChanged('Order Cancelled', facts),
  'Order Refunded': draftOrderRefunded,
};

/** A Map: an event named "constructor" must not find what an object inherits. */
const rowOfEvent = new Map<string, Row>(Object.entries(ROWS));

/** Turns a tracked event into the Klaviyo events of its row in the contract's table. */
export function draftTrack(event: string, facts: TrackFacts): Draft[] {
  const row = rowOfEvent.get(event);
  return row ? row(facts) : draftCustom(event, facts);
}

/** Segment has no event for a fulfilled order, so shops send an update that says so; other updates are nobody's metric. */
function draftOrderUpdated(facts: TrackFacts): Draft[] {
  const status = facts.properties.fulfillment_status;
  const fulfilled = typeof status === 'string' && status.trim().toLowerCase() === 'fulfilled';
  return fulfilled ? draftOrderChanged('Order Fulfilled', facts) : draftCustom('Order Updated', facts);
}
