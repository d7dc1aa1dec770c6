import type { EventItem } from '../../../src/map/item.ts';
import { shopEvent } from '../../model/support/shopEvents.ts';
import { START_MS } from '../../model/support/startMs.ts';

/** The back end's report of an order comes so many events after the page's. */
const LATER_EVENTS = 500;

/**
 * A shop's events from the nth on, as of now. Each order among them is reported twice: by the page, and later by the
 * back end, which knows its buyer under another address.
 */
export function shopReports(n: number, events: number): EventItem[] {
  const nowMs = Date.now();
  const numbers = Array.from({ length: events }, (_, index) => n + index);
  return numbers.flatMap((number) => [
    event(number, nowMs),
    ...(number < LATER_EVENTS ? [] : fromBackEnd(event(number - LATER_EVENTS, nowMs))),
  ]);
}

function event(n: number, nowMs: number): EventItem {
  const { timeMs, ...others } = shopEvent(n);
  return { ...others, receivedAtMs: nowMs, timeMs: timeMs - START_MS + nowMs };
}

function fromBackEnd(reported: EventItem): EventItem[] {
  if (reported.kind !== 'Placed Order') return [];
  return [{ ...reported, id: `${reported.id}-again`, who: { email: `${reported.uniqueId}@work.example.com` } }];
}
