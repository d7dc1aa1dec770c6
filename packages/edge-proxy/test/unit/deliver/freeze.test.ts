import { describe, expect, it } from 'vitest';
import { freeze, readyAt } from '../../../src/deliver/freeze.ts';
import type { Judged } from '../../../src/deliver/gate.ts';
import { laneOf } from '../../../src/deliver/lanes/index.ts';
import type { OnceKey } from '../../../src/deliver/onceKey.ts';
import type { StoredItem } from '../../../src/deliver/storedItem.ts';
import { delivery } from './support/delivery.ts';
import { profileItem, storedEvent, subscribeItem } from './support/items.ts';

/** What the gate knows of people. */
interface Gate {
  stitch<I extends StoredItem>(item: I): I;
  ask(item: StoredItem): Judged['verdict'];
}

const open: Gate = { stitch: (item) => item, ask: () => ({ ok: true, subjects: ['1.abc'] }) };
const judged = (items: readonly StoredItem[], { stitch, ask }: Gate): Judged[] =>
  items.map((waiting) => ({ waiting, stitched: stitch(waiting), verdict: ask(stitch(waiting)) }));
const firstOnly = () => {
  const claimed = new Set<string>();
  return ({ key: row, claim }: OnceKey) => {
    const key = `${row} ${claim}`;
    if (claimed.has(key)) return false;
    claimed.add(key);
    return true;
  };
};
const order = (id: string, email: string) =>
  storedEvent(id, { kind: 'Placed Order', metric: 'Placed Order', uniqueId: '1001', who: { email } });
const ids = (items: readonly StoredItem[]) => items.map(({ id }) => id);

function freezeEvents(items: readonly StoredItem[], gate: Gate = open) {
  const { items: frozen, refused, duplicates } = freeze(judged(items, gate), laneOf('events'), firstOnly());
  return {
    frozen: ids(frozen),
    refused: refused.map(({ item, reason }) => [item.id, reason]),
    duplicates: ids(duplicates),
  };
}

describe('freezing', () => {
  it('gives each item its subjects, of whom consent is asked', () => {
    const { items } = freeze(judged([storedEvent('m1')], open), laneOf('events'), firstOnly());
    expect(items).toEqual([{ ...storedEvent('m1'), subjects: ['1.abc'] }]);
  });

  it('sends what is said twice once', () => {
    expect(freezeEvents([storedEvent('m1'), storedEvent('m2'), storedEvent('m1')])).toEqual({
      frozen: ['m1#Viewed Product', 'm2#Viewed Product'],
      refused: [],
      duplicates: ['m1#Viewed Product'],
    });
  });

  it('finds repeats that only stitching shows: the same event, first anonymous, then known', () => {
    const stitch: Gate['stitch'] = (item) => ({ ...item, who: { email: 'ada@example.com', anonymous_id: 'anon-1' } });
    const anonymous = storedEvent('m1', { who: { anonymous_id: 'anon-1' } });
    expect(freezeEvents([anonymous, storedEvent('m1')], { ...open, stitch }).duplicates).toEqual(['m1#Viewed Product']);
  });

  it('takes one order, whoever reports it', () => {
    const items = [order('page', 'ada@example.com'), order('server', 'ada@work.example.com')];
    expect(freezeEvents(items)).toEqual({ frozen: [items[0]?.id], refused: [], duplicates: [items[1]?.id] });
  });

  it('takes a sign-up that comes again in another job once, but not for another person under the same id', () => {
    const claim = firstOnly();
    const others: Gate = { ...open, ask: () => ({ ok: true, subjects: ['1.def'] }) };
    const jobs = [open, open, others].map((gate) =>
      freeze(judged([subscribeItem('m1')], gate), laneOf('subscribe'), claim),
    );
    expect(jobs.map(({ items, duplicates }) => [items.length, duplicates.length])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
  });

  it('does not let a refused copy of an order stand in the way of one that may go', () => {
    const items = [order('page', 'ada@example.com'), order('server', 'grace@example.com')];
    const ask: Gate['ask'] = ({ who }) =>
      who.email === 'ada@example.com' ? { ok: false, reason: 'consent_denied' } : { ok: true, subjects: [] };
    expect(freezeEvents(items, { ...open, ask })).toEqual({
      frozen: [items[1]?.id],
      refused: [[items[0]?.id, 'consent_denied']],
      duplicates: [],
    });
  });

  it('sends a replay under the profile that it went out under, and asks consent of whoever that is known to be now', () => {
    const who = { anonymous_id: 'anon-1' };
    const stitch: Gate['stitch'] = (item) => ({ ...item, who: { email: 'ada@example.com', ...who } });
    const ask: Gate['ask'] = (item) => ({ ok: true, subjects: [JSON.stringify(item.who)] });
    const replayed = { ...storedEvent('m1', { who }), subjects: ['1.abc'], replayed: { atMs: 1, attempts: 3 } };
    const { items } = freeze(judged([replayed], { stitch, ask }), laneOf('events'), firstOnly());
    expect(items).toEqual([{ ...replayed, who, subjects: ['{"email":"ada@example.com","anonymous_id":"anon-1"}'] }]);
  });

  it('sends a replay that kept its once-key, and no other report of the same, whichever comes first', () => {
    const replay = { ...order('page', 'ada@example.com'), subjects: ['1.abc'], holdsKey: true as const };
    const [again, other] = [order('page', 'ada@example.com'), order('server', 'ada@work.example.com')];
    const sent = [
      [replay, again, other],
      [other, again, replay],
    ].map((items) => {
      const claim = firstOnly();
      // Its first try claimed the key.
      freeze(judged([again], open), laneOf('events'), claim);
      return freeze(judged(items, open), laneOf('events'), claim).items;
    });
    expect(sent).toEqual([[replay], [replay]]);
  });

  it('loses none: each item ends in exactly one of the three', () => {
    const items = [storedEvent('m1'), storedEvent('m1'), order('a', 'a@example.com'), order('b', 'b@example.com')];
    const { frozen, refused, duplicates } = freezeEvents(items);
    expect([...frozen, ...refused, ...duplicates].length).toBe(items.length);
  });

  it('counts a profile change that the queue brought twice once', () => {
    const items = [profileItem('p1'), profileItem('p2'), profileItem('p1')];
    const { items: frozen, duplicates } = freeze(judged(items, open), laneOf('profiles'), firstOnly());
    expect([ids(frozen), ids(duplicates)]).toEqual([['p1#profile', 'p2#profile'], ['p1#profile']]);
  });
});

describe('a group of items is ready', () => {
  const waiting = { items: 3, bytes: 900, oldestMs: 5000, urgent: false };
  it.each([
    ['after maxWaitMs', waiting, 'events', 7000],
    ['at once when it fills a call', { ...waiting, items: 1000 }, 'events', 5000],
    ['at once when it fills a row', { ...waiting, bytes: 1_400_000 }, 'events', 5000],
    ['at once when an order is in it', { ...waiting, urgent: true }, 'events', 5000],
    ['at once in a lane that waits for nothing', waiting, 'subscribe', 5000],
  ] as const)('%s', (_title, group, lane, expected) => {
    expect(readyAt(group, laneOf(lane), delivery, 1_400_000)).toBe(expected);
  });
});
