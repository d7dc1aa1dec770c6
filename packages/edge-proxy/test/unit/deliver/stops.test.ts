import { describe, expect, it } from 'vitest';
import { stopsAfter } from '../../../src/deliver/applyAction.ts';
import { clearStops, openAt, reserveProbe, type Stops, stampStops } from '../../../src/deliver/stops.ts';

const now = Date.UTC(2026, 10, 1);
const stopAccount = { kind: 'stop', scope: 'account', reason: 'klaviyo_key_invalid' } as const;
const stopOperation = { kind: 'stop', scope: 'operation', reason: 'klaviyo_scope_missing' } as const;
const pause = (delayMs: number) => ({ kind: 'pause', reason: 'klaviyo_rate_limited', delayMs }) as const;

const opens = (stops: Stops) =>
  (['bulk_create_events', 'bulk_subscribe_profiles'] as const).map((operation) => openAt(stops, operation) - now);

describe('stops', () => {
  it('of the account close every operation for a minute', () => {
    expect(opens(stopsAfter({}, stopAccount, 'bulk_create_events', now))).toEqual([60_000, 60_000]);
  });

  it('of an operation leave the others open', () => {
    expect(opens(stopsAfter({}, stopOperation, 'bulk_create_events', now))).toEqual([60_000, -now]);
  });

  it('say since when, however often they are closed again for the same reason', () => {
    const first = stampStops(stopsAfter({}, stopAccount, 'bulk_create_events', now), {}, now);
    const again = stampStops(stopsAfter(first, stopAccount, 'bulk_create_events', now + 60_000), first, now + 60_000);
    const other = stampStops({ account: { reason: 'revision_retired', untilMs: now } }, again, now + 90_000);
    expect([first, again, other].map(({ account }) => (account?.sinceMs ?? 0) - now)).toEqual([0, 0, 90_000]);
  });

  it('are probed by one call at a time', () => {
    const stopped = stopsAfter({}, stopAccount, 'bulk_create_events', now);
    expect(opens(reserveProbe(stopped, 'bulk_create_events', now + 60_000))).toEqual([120_000, 120_000]);
  });

  it('need no probe where Klaviyo said how long to wait', () => {
    const paused = stopsAfter({}, pause(5000), 'bulk_create_events', now);
    expect(reserveProbe(paused, 'bulk_create_events', now + 5000)).toEqual(paused);
  });

  it('end with a call that Klaviyo took', () => {
    const stopped = stopsAfter(
      stopsAfter({}, stopAccount, 'bulk_create_events', now),
      stopOperation,
      'bulk_create_events',
      now,
    );
    expect(clearStops(stopped, 'bulk_create_events', now + 1)).toEqual({});
  });

  it('of other operations stay when one call is taken', () => {
    const stopped = stopsAfter({}, stopOperation, 'bulk_subscribe_profiles', now);
    expect(clearStops(stopped, 'bulk_create_events', now + 1)).toEqual(stopped);
  });

  it('that Retry-After asked for outlast the success of a call sent before', () => {
    const paused = stopsAfter({}, pause(30_000), 'bulk_create_events', now);
    const early = clearStops(paused, 'bulk_create_events', now + 1000);
    expect([opens(early)[0], clearStops(paused, 'bulk_create_events', now + 30_000)]).toEqual([30_000, {}]);
  });

  it('keep the longer of two pauses', () => {
    const twice = stopsAfter(
      stopsAfter({}, pause(30_000), 'bulk_create_events', now),
      pause(1000),
      'bulk_create_events',
      now,
    );
    expect(opens(twice)[0]).toBe(30_000);
  });
});
