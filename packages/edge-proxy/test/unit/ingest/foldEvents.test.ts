import type { JsonObject } from '@sluice/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AcceptedEvent, IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import { foldEvents } from '../../../src/ingest/foldEvents.ts';
import { unfoldMessage } from '../../../src/ingest/unfoldMessage.ts';

const about = { account: 'main', source: 'web', trusted: false, receivedAtMs: 1 };
const common = { kind: 'events', ...about } as const;

/** On its way through the queue, which writes it as JSON. */
function carry(message: IngestMessage): IngestMessage {
  return JSON.parse(JSON.stringify(message));
}

function eventsOf(message: IngestMessage): AcceptedEvent[] {
  const whole = unfoldMessage(message);
  return whole.kind === 'events' ? whole.events : [];
}

/** Few of each, and each an object of its own, so that neighbours often share one. */
const contexts: (JsonObject | null | undefined)[] = [undefined, null, {}, { locale: 'de' }, { locale: 'fr', page: {} }];
const visits: (JsonObject | undefined)[] = [undefined, { visit_os: 'iOS' }, { visit_os: 'Windows' }];
const places = [undefined, { country: 'AT' }, { country: 'CH' }];
const ids = [undefined, null, 'a', 'b'];

const anyEvent: fc.Arbitrary<AcceptedEvent> = fc
  .record({
    messageId: fc.constantFrom(...ids),
    anonymousId: fc.constantFrom(...ids),
    userId: fc.constantFrom(...ids),
    context: fc.constantFrom(...contexts),
    location: fc.constantFrom(...places),
    visit: fc.constantFrom(...visits),
    onlyTransactional: fc.constantFrom(undefined, true as const),
    timeMs: fc.integer(),
  })
  .map(({ messageId, anonymousId, userId, context, location, visit, onlyTransactional, timeMs }) => ({
    message: { type: 'track', event: 'Ping', properties: { n: 1 }, messageId, anonymousId, userId, context },
    id: messageId ?? 'derived',
    timeMs,
    purpose: 'tracking',
    ...(onlyTransactional && { onlyTransactional }),
    ...(location && { location }),
    ...(visit && { visit }),
  }));

/** Where nothing was said and where null was, nothing is known. */
const known = (events: readonly AcceptedEvent[]) =>
  events.map(({ message: { anonymousId = null, userId = null, context = null, ...message }, ...event }) => ({
    ...event,
    message: { ...message, anonymousId, userId, context },
  }));

describe('what events of a queue message have in common', () => {
  it('is left out, and found again, whichever they share with whom', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 8 }), (events) => {
        const unfolded = eventsOf(carry({ v: 2, ...common, events: foldEvents(events) }));
        expect(JSON.parse(JSON.stringify(known(unfolded)))).toEqual(JSON.parse(JSON.stringify(known(events))));
      }),
    );
  });

  it('is written once', () => {
    const [context, location, visit] = [{ locale: 'de' }, { country: 'AT' }, { visit_os: 'iOS' }];
    const events = ['m1', 'm2'].map((messageId): AcceptedEvent => {
      const message = { type: 'track' as const, event: 'Ping', messageId, anonymousId: 'a', context };
      return { message, id: messageId, timeMs: 1, purpose: 'tracking', location, visit };
    });
    const carried = carry({ v: 2, ...common, events: foldEvents(events) });
    expect(carried).toMatchObject({
      events: [
        { message: { anonymousId: 'a', context }, location, visit },
        { message: { type: 'track', event: 'Ping', messageId: 'm2' }, timeMs: 1, purpose: 'tracking' },
      ],
    });
    expect(Object.keys(carried.kind === 'events' ? (carried.events[1] ?? {}) : {})).toEqual([
      'message',
      'timeMs',
      'purpose',
    ]);
  });

  it('is read where a release before wrote it with each event, and never guessed', () => {
    const events = eventsOf({
      v: 1,
      ...common,
      events: [
        {
          message: { type: 'track', event: 'A' },
          id: 'm1',
          timeMs: 1,
          purpose: 'tracking',
          visit: { visit_os: 'iOS' },
        },
        { message: { type: 'track', event: 'B' }, id: 'm2', timeMs: 1, purpose: 'tracking' },
      ],
    });
    expect(events.map(({ id, visit }) => [id, visit])).toEqual([
      ['m1', { visit_os: 'iOS' }],
      ['m2', undefined],
    ]);
  });

  it('is no matter of an event that is none: its neighbours have theirs', () => {
    const events = foldEvents(eventsOf({ v: 1, ...common, events: [track('m1'), track('m2')] }));
    const broken = { v: 2, ...common, events: [events[0], { id: 'broken' }, null, events[1]] } as never;
    expect(eventsOf(broken).map((event) => event?.message?.anonymousId)).toEqual(['a', undefined, undefined, 'a']);
  });
});

function track(messageId: string): AcceptedEvent {
  const message = { type: 'track' as const, event: 'Ping', messageId, anonymousId: 'a' };
  return { message, id: messageId, timeMs: 1, purpose: 'tracking' };
}
