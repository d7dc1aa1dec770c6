import { type CommerceEvent, canonicalEvent } from '@sluice/shared';
import { respell } from '../read/respell.ts';
import {
  ADDED_SPELLINGS,
  CART_SPELLINGS,
  LINE_SPELLINGS,
  ORDER_SPELLINGS,
  SEARCH_SPELLINGS,
  type Spellings,
  VIEWED_SPELLINGS,
} from '../read/spellings.ts';
import type { Draft, TrackFacts } from './draft.ts';
import { draftActive } from './draftActive.ts';
import { draftAdded } from './draftAdded.ts';
import { draftCartViewed } from './draftCartViewed.ts';
import { draftCheckout } from './draftCheckout.ts';
import { draftCustom } from './draftCustom.ts';
import { draftListViewed } from './draftListViewed.ts';
import { draftOrderChanged } from './draftOrderChanged.ts';
import { draftOrderedProduct } from './draftOrderedProduct.ts';
import { draftOrderPlaced } from './draftOrderPlaced.ts';
import { draftOrderRefunded } from './draftOrderRefunded.ts';
import { draftProductViewed } from './draftProductViewed.ts';
import { draftRemoved } from './draftRemoved.ts';
import { draftSearched } from './draftSearched.ts';
import { isFulfilled } from './isFulfilled.ts';

interface Row {
  draft: (facts: TrackFacts) => Draft[];
  /** Klaviyo's own names for what the row reads. */
  spellings: Spellings;
}

const ORDER_FULFILLED: Row = {
  draft: (facts) => draftOrderChanged('Order Fulfilled', facts),
  spellings: ORDER_SPELLINGS,
};

/** The contract's table; the type holds it to every commerce event there is. */
const ROWS: Record<CommerceEvent, Row> = {
  'Product Viewed': { draft: draftProductViewed, spellings: VIEWED_SPELLINGS },
  'Product Clicked': { draft: draftProductViewed, spellings: VIEWED_SPELLINGS },
  'Product List Viewed': { draft: draftListViewed, spellings: CART_SPELLINGS },
  'Products Searched': { draft: draftSearched, spellings: SEARCH_SPELLINGS },
  'Product Added': { draft: draftAdded, spellings: ADDED_SPELLINGS },
  'Product Removed': { draft: draftRemoved, spellings: VIEWED_SPELLINGS },
  'Cart Viewed': { draft: draftCartViewed, spellings: CART_SPELLINGS },
  'Checkout Started': { draft: draftCheckout, spellings: CART_SPELLINGS },
  'Order Completed': { draft: draftOrderPlaced, spellings: ORDER_SPELLINGS },
  'Order Fulfilled': ORDER_FULFILLED,
  'Order Cancelled': { draft: (facts) => draftOrderChanged('Order Cancelled', facts), spellings: ORDER_SPELLINGS },
  'Order Refunded': { draft: draftOrderRefunded, spellings: ORDER_SPELLINGS },
};

/** A Map: an event named "constructor" must not find what an object inherits. */
const rowOfEvent = new Map<string, Row>([
  ...Object.entries(ROWS),
  ['Ordered Product', { draft: draftOrderedProduct, spellings: LINE_SPELLINGS }],
]);

/** Turns a tracked event into the Klaviyo events of its row in the contract's table. */
export function draftTrack(name: string, facts: TrackFacts): Draft[] {
  const event = canonicalEvent(name);
  if (event === 'Active on Site') return draftActive(facts);
  const row = isFulfilled(event, facts.properties) ? ORDER_FULFILLED : rowOfEvent.get(event);
  if (row === undefined) return draftCustom(event, facts);
  const properties = respell(facts.properties, row.spellings);
  return row.draft({ ...facts, properties }).map((draft) => ({ said: properties, ...draft }));
}
