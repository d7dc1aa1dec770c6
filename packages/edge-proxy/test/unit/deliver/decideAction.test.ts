import { describe, expect, it } from 'vitest';
import { type Action, decideAction } from '../../../src/deliver/decideAction.ts';
import { laneOf } from '../../../src/deliver/lanes/index.ts';
import type { KlaviyoAnswer } from '../../../src/klaviyo/client.ts';
import type { KlaviyoError } from '../../../src/klaviyo/errors.ts';
import type { Item } from '../../../src/map/item.ts';
import { eventItem, profileItem, subscribeItem } from './support/items.ts';

type Response = Extract<KlaviyoAnswer, { kind: 'response' }>;

const two = [
  eventItem('m1', { who: { email: 'a@example.com' } }),
  eventItem('m2', { who: { email: 'b@example.com' } }),
];
const one = two.slice(0, 1);
const EVENT = '/data/attributes/events-bulk-create/data';
const PROFILE = `${EVENT}/0/attributes/profile/data/attributes`;

const errorAt = (pointer?: string): KlaviyoError => ({ code: 'invalid', title: 'Invalid input.', detail: '', pointer });
const evict = (change: Partial<Action & { kind: 'evict' }>): Action => ({
  kind: 'evict',
  dead: new Map(),
  duplicate: [],
  amend: new Map(),
  ...change,
});
const json = (status: number, more: Partial<Response> = {}): Response => ({
  kind: 'response',
  status,
  json: {},
  errors: [errorAt()],
  retryAfterMs: undefined,
  ...more,
});
const html = (status: number, more: Partial<Response> = {}) =>
  json(status, { json: undefined, errors: undefined, ...more });
const at = (...pointers: string[]) => json(400, { errors: pointers.map(errorAt) });
/** With `random` at 1, the whole of the first pause: two seconds. */
const retry = { kind: 'retry', delayMs: 2000 };
const bury = { kind: 'bury', reason: 'klaviyo_rejected', error: errorAt() };

function decide(answer: KlaviyoAnswer, items: readonly Item[] = two, attempts = 0, chance = 1): Action {
  return decideAction(answer, { lane: laneOf(items[0]?.lane ?? 'events'), items, attempts }, () => chance);
}

describe('what becomes of a job', () => {
  const rows: [string, KlaviyoAnswer, readonly Item[], unknown][] = [
    ['202: delivered', html(202), two, { kind: 'done' }],
    ['no answer in time: again later', { kind: 'no_answer', why: 'timeout' }, two, retry],
    ['a broken connection: again later', { kind: 'no_answer', why: 'network' }, two, retry],
    ['a redirect: again later, for Klaviyo has none', html(302), two, retry],
    [
      '400 that names one event: that one dies',
      at(`${EVENT}/1/attributes/events/data/0/attributes/time`),
      two,
      evict({ dead: new Map([[1, errorAt(`${EVENT}/1/attributes/events/data/0/attributes/time`)]]) }),
    ],
    [
      '400 that names a profile: its events die',
      at(`${EVENT}/0/attributes/profile`),
      two,
      evict({ dead: new Map([[0, errorAt(`${EVENT}/0/attributes/profile`)]]) }),
    ],
    [
      '400 that names a unique_id: Klaviyo has it',
      at(`${EVENT}/1/attributes/events/data/0/attributes/unique_id`),
      two,
      evict({ duplicate: [1] }),
    ],
    ['400 that names nothing: halves', json(400), two, { kind: 'split' }],
    ['400 that points outside the batch: halves', at(`${EVENT}/7/attributes/profile`), two, { kind: 'split' }],
    ['400 that names nothing, one event: it dies', json(400), one, bury],
    ['400 without JSON: halves', html(400), two, { kind: 'split' }],
    ['400 without JSON, one event: it dies', html(400), one, { ...bury, error: undefined }],
    [
      '400 for a phone beside an e-mail: without the phone',
      at(`${PROFILE}/phone_number`),
      [eventItem('m', { who: { email: 'a@example.com', phone_number: '+12025550123' } })],
      evict({ amend: new Map([[0, 'phone_number']]) }),
    ],
    [
      '400 for a phone beside an anonymous id alone: it dies',
      at(`${PROFILE}/phone_number`),
      [eventItem('m', { who: { phone_number: '+12025550123', anonymous_id: 'a' } })],
      evict({ dead: new Map([[0, errorAt(`${PROFILE}/phone_number`)]]) }),
    ],
    [
      '400 for a phone alone: it dies',
      at(`${PROFILE}/phone_number`),
      [eventItem('m', { who: { phone_number: '+12025550123' } })],
      evict({ dead: new Map([[0, errorAt(`${PROFILE}/phone_number`)]]) }),
    ],
    [
      '400 for a bad _kx beside another id: without it',
      at(`${PROFILE}/_kx`),
      [eventItem('m', { who: { _kx: 'x', anonymous_id: 'a' } })],
      evict({ amend: new Map([[0, '_kx']]) }),
    ],
    [
      '400 for a bad _kx alone: it dies',
      at(`${PROFILE}/_kx`),
      [eventItem('m', { who: { _kx: 'x' } })],
      evict({ dead: new Map([[0, errorAt(`${PROFILE}/_kx`)]]) }),
    ],
    [
      '400 for a phone beside an e-mail in a subscription: e-mail alone',
      at('/data/attributes/profiles/data/0/attributes/phone_number'),
      [
        subscribeItem('s', {
          who: { email: 'a@example.com', phone_number: '+12025550123' },
          channels: ['email', 'sms'],
        }),
      ],
      evict({ amend: new Map([[0, 'phone_number']]) }),
    ],
    [
      '400 that names an imported profile: all its changes die',
      at('/data/attributes/profiles/data/0/attributes/email'),
      [profileItem('p1'), profileItem('p2')],
      evict({
        dead: new Map([0, 1].map((index) => [index, errorAt('/data/attributes/profiles/data/0/attributes/email')])),
      }),
    ],
    ['401: the account stops', json(401), two, { kind: 'stop', scope: 'account', reason: 'klaviyo_key_invalid' }],
    [
      '403 in JSON: the operation stops',
      json(403),
      two,
      { kind: 'stop', scope: 'operation', reason: 'klaviyo_scope_missing' },
    ],
    ['403 in HTML: the CDN, again later', html(403), two, retry],
    ['404: dead', json(404), two, bury],
    [
      '404 of a subscription: the list is missing',
      json(404),
      [subscribeItem('s')],
      { ...bury, reason: 'list_not_found' },
    ],
    ['405: dead', json(405), two, bury],
    ['408: again later', html(408), two, retry],
    ['410: the operation stops', json(410), two, { kind: 'stop', scope: 'operation', reason: 'revision_retired' }],
    ['413: halves', json(413), two, { kind: 'split' }],
    ['413, one event: it dies', json(413), one, bury],
    ['415: dead', json(415), two, bury],
    [
      '429: a pause as long as Retry-After',
      json(429, { retryAfterMs: 30_000 }),
      two,
      { kind: 'pause', reason: 'klaviyo_rate_limited', delayMs: 30_000 },
    ],
    [
      '429 without Retry-After: a pause of our own',
      json(429),
      two,
      { kind: 'pause', reason: 'klaviyo_rate_limited', delayMs: 2000 },
    ],
    ['500: again later', json(500), two, retry],
    [
      '503 with Retry-After: not before it',
      json(503, { retryAfterMs: 30_000 }),
      two,
      { kind: 'retry', delayMs: 30_000 },
    ],
    ['520 of the CDN: again later', html(520), two, retry],
  ];

  it.each(rows)('%s', (_title, answer, items, expected) => {
    expect(decide(answer, items)).toEqual(expected);
  });

  it.each([0, 1_000_000])('a 429 with %d ms to wait or with the least of chance is no licence to spin', (wait) => {
    const pauses = [0, 0.5, 1].map((chance) =>
      decide(json(429, wait === 0 ? { retryAfterMs: 0 } : {}), two, 0, chance),
    );
    expect(pauses.filter((pause) => pause.kind !== 'pause' || pause.delayMs < 1000)).toEqual([]);
  });
});

describe('the pause between tries', () => {
  it('doubles, and ends at fifteen minutes', () => {
    const pauses = [0, 1, 2, 5, 9, 10, 40].map((attempts) => decide(json(500), two, attempts));
    expect(pauses.map((action) => action.kind === 'retry' && action.delayMs / 1000)).toEqual([
      2, 4, 8, 64, 900, 900, 900,
    ]);
  });

  it('is jittered in full, so that many Workers do not come back at once', () => {
    const pauses = [0.25, 0.5, 0.75].map((chance) => decide(json(500), two, 3, chance));
    expect(pauses.map((action) => action.kind === 'retry' && action.delayMs)).toEqual([4000, 8000, 12_000]);
  });
});
