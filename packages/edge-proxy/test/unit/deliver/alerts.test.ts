import { describe, expect, it } from 'vitest';
import { type AlertBook, bookAlerts } from '../../../src/deliver/alerts/bookAlerts.ts';
import { type Condition, type Facts, findConditions } from '../../../src/deliver/alerts/findConditions.ts';
import { signBody } from '../../../src/deliver/signBody.ts';
import { delivery } from './support/delivery.ts';

const NOW = Date.UTC(2026, 10, 27, 12);
const MINUTE_MS = 60_000;
const minute = { minuteMs: NOW, lane: 'events' } as const;

function find(facts: Partial<Facts>): Condition[] {
  return findConditions(
    { stops: {}, backlog: {}, minutes: [], counts: [], deadOptOuts: 0, nowMs: NOW, ...facts },
    delivery.alerts,
  );
}

describe('what is worth an alert', () => {
  it.each<[string, Partial<Facts>, Condition[]]>([
    ['nothing, of nothing', {}, []],
    [
      'a stopped account, since it stopped',
      { stops: { account: { reason: 'klaviyo_key_invalid', untilMs: NOW, sinceMs: NOW - 1 } } },
      [{ type: 'account_stopped', reason: 'klaviyo_key_invalid', sinceMs: NOW - 1 }],
    ],
    [
      'a stopped operation, but not one that Klaviyo throttles',
      {
        stops: {
          bulk_create_events: { reason: 'klaviyo_rate_limited', untilMs: NOW, sinceMs: NOW },
          bulk_import_profiles: { reason: 'revision_retired', untilMs: NOW, sinceMs: NOW },
        },
      },
      [{ type: 'operation_stopped', operation: 'bulk_import_profiles', reason: 'revision_retired', sinceMs: NOW }],
    ],
    ['no item of 30 minutes', { backlog: { events: { items: 9, oldestMs: NOW - 30 * MINUTE_MS } } }, []],
    [
      'an older one: the oldest of all lanes',
      {
        backlog: {
          events: { items: 9, oldestMs: NOW - 31 * MINUTE_MS },
          profiles: { items: 1, oldestMs: NOW - 32 * MINUTE_MS },
        },
      },
      [{ type: 'backlog_old', lane: 'profiles', oldestMs: NOW - 32 * MINUTE_MS, sinceMs: NOW }],
    ],
    [
      '1 % dead is not too much',
      {
        minutes: [
          { ...minute, outcome: 'dead', n: 1 },
          { ...minute, outcome: 'delivered', n: 99 },
        ],
      },
      [],
    ],
    [
      'more is, whatever else the rest became',
      {
        minutes: [
          { ...minute, outcome: 'dead', n: 1 },
          { ...minute, outcome: 'refused', n: 9 },
          { ...minute, outcome: 'duplicate', n: 10 },
          { ...minute, outcome: 'accepted', n: 1000 },
          { ...minute, outcome: 'replayed', n: 1000 },
        ],
      },
      [{ type: 'dead_share', dead: 1, outcomes: 20, sinceMs: NOW }],
    ],
    [
      'an opt-out that died, were it the only one, unless its retention has passed',
      {
        counts: [
          { lane: 'unsubscribe', outcome: 'dead', reason: 'klaviyo_rejected', n: 1 },
          { lane: 'unsubscribe', outcome: 'delivered', reason: '', n: 9999 },
          { lane: 'erase', outcome: 'dead', reason: 'retention_passed', n: 1 },
          { lane: 'events', outcome: 'dead', reason: 'expired', n: 1 },
        ],
      },
      [{ type: 'withdrawal_dead', lane: 'unsubscribe', dead: 1, sinceMs: NOW }],
    ],
    ['a share of fewer than 20 outcomes is none', { minutes: [{ ...minute, outcome: 'dead', n: 19 }] }, []],
  ])('%s', (_title, facts, conditions) => {
    expect(find(facts)).toEqual(conditions);
  });
});

describe('the book of alerts', () => {
  const stopped: Condition = { type: 'account_stopped', reason: 'klaviyo_key_invalid', sinceMs: NOW };
  const old: Condition = { type: 'backlog_old', lane: 'events', oldestMs: NOW - 31 * MINUTE_MS, sinceMs: NOW };
  const empty: AlertBook = { active: {}, notices: [] };
  /** What is told minute by minute. */
  function run(...minutes: Condition[][]): string[][] {
    let book = empty;
    return minutes.map((conditions, index) => {
      const booked = bookAlerts(book, conditions, { account: 'main', nowMs: NOW + index * MINUTE_MS });
      book = booked.book;
      return booked.news.map(({ id }) => id);
    });
  }

  it('tells each beginning and each end once, ends first', () => {
    expect(run([stopped], [stopped, old], [{ ...old, sinceMs: NOW + 1 }], [])).toEqual([
      [`main:account_stopped:${NOW}:began`],
      [`main:backlog_old:${NOW}:began`],
      [`main:account_stopped:${NOW}:ended`],
      [`main:backlog_old:${NOW}:ended`],
    ]);
  });

  it('tells what comes back as another one', () => {
    const again = { ...stopped, sinceMs: NOW + 2 * MINUTE_MS };
    expect(run([stopped], [], [again])).toEqual([
      [`main:account_stopped:${NOW}:began`],
      [`main:account_stopped:${NOW}:ended`],
      [`main:account_stopped:${NOW + 2 * MINUTE_MS}:began`],
    ]);
  });

  it('keeps twenty alerts at most for a receiver that does not answer', () => {
    let book = empty;
    for (let minute = 0; minute < 30; minute++) {
      const conditions = minute % 2 === 0 ? [{ ...stopped, sinceMs: NOW + minute }] : [];
      ({ book } = bookAlerts(book, conditions, { account: 'main', nowMs: NOW + minute }));
    }
    expect([book.notices.length, book.notices.at(-1)?.alert.state]).toEqual([20, 'ended']);
  });
});

it('an alert is signed so that anybody with the secret can check it', async () => {
  // From OpenSSL: printf '%s' '1795780800.{"a":1}' | openssl dgst -sha256 -hmac 'a-secret'
  expect(await signBody('a-secret', '1795780800', '{"a":1}')).toBe(
    'e253cf066606265c92165a33d440141f20a9abd6406fa67504e058b77f6543ba',
  );
});
