import { describe, expect, it } from 'vitest';
import { type Action, decideAction } from '../../../src/deliver/decideAction.ts';
import { laneOf } from '../../../src/deliver/lanes/index.ts';
import type { StoredItem } from '../../../src/deliver/storedItem.ts';
import type { KlaviyoAnswer } from '../../../src/klaviyo/client.ts';
import type { KlaviyoError } from '../../../src/klaviyo/errors.ts';
import {
  eraseItem,
  memberItem,
  profileItem,
  singleItem,
  storedEvent,
  subscribeItem,
  unsubscribeItem,
} from './support/items.ts';

type Response = Extract<KlaviyoAnswer, { kind: 'response' }>;

const two = [
  storedEvent('m1', { who: { email: 'a@example.com' } }),
  storedEvent('m2', { who: { email: 'b@example.com' } }),
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
  alone: [],
  ...change,
});
const json = (status: number, more: Partial<Response> = {}): Response => ({
  kind: 'response',
  status,
  json: {},
  errors: [errorAt()],
  retryAfterMs: undefined,
  rateLimit: {},
  ...more,
});
const html = (status: number, more: Partial<Response> = {}) =>
  json(status, { json: undefined, errors: undefined, ...more });
const at = (...pointers: string[]) => json(400, { errors: pointers.map(errorAt) });
const paced: KlaviyoAnswer = { kind: 'no_answer', why: 'paced' };
const conflict = json(409, { errors: [{ ...errorAt('/data/attributes'), code: 'duplicate_profile' }] });
const known = singleItem('p', {
  who: { email: 'a@example.com', phone_number: '+12025550123', external_id: 'u-1' },
});
const removal = memberItem('r', { action: 'remove' });
/** With `random` at 1, the whole of the first pause: two seconds. */
const retry = { kind: 'retry', delayMs: 2000 };
const bury = { kind: 'bury', reason: 'klaviyo_rejected', error: errorAt() };

function decide(
  answer: KlaviyoAnswer,
  items: readonly StoredItem[] = two,
  { attempts = 0, chance = 1, othersTaken = false } = {},
): Action {
  const lane = laneOf(items[0]?.lane ?? 'events');
  const run = items[0] && lane.runKey ? lane.runKey(items[0]) : '';
  return decideAction(answer, { lane, run, items, attempts, othersTaken }, () => chance);
}

describe('what becomes of a job', () => {
  const rows: [string, KlaviyoAnswer, readonly StoredItem[], unknown][] = [
    ['200: delivered', json(200), two, { kind: 'done' }],
    ['202: delivered', html(202), two, { kind: 'done' }],
    ['204: delivered', html(204), two, { kind: 'done' }],
    ['held back by our own limits: soon, and no try is counted', paced, two, { kind: 'wait', delayMs: 1000 }],
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
    [
      '400 that names a property called unique_id: that is no unique_id',
      at(`${EVENT}/1/attributes/events/data/0/attributes/properties/unique_id`),
      two,
      evict({ dead: new Map([[1, errorAt(`${EVENT}/1/attributes/events/data/0/attributes/properties/unique_id`)]]) }),
    ],
    [
      '400 that names a property called phone_number: the phone stays',
      at(`${EVENT}/0/attributes/events/data/0/attributes/properties/phone_number`),
      [storedEvent('m', { who: { email: 'a@example.com', phone_number: '+12025550123' } })],
      evict({
        dead: new Map([[0, errorAt(`${EVENT}/0/attributes/events/data/0/attributes/properties/phone_number`)]]),
      }),
    ],
    [
      '400 that names one repeated unique_id and one bad event: each its own',
      at(`${EVENT}/0/attributes/events/data/0/attributes/unique_id`, `${EVENT}/1/attributes/profile`),
      two,
      evict({ duplicate: [0], dead: new Map([[1, errorAt(`${EVENT}/1/attributes/profile`)]]) }),
    ],
    [
      '400 for a phone of an opt-out beside its e-mail: e-mail alone',
      at('/data/attributes/profiles/data/0/attributes/phone_number'),
      [unsubscribeItem('u', { who: { email: 'a@example.com', phone_number: '+12025550123' } })],
      evict({ amend: new Map([[0, 'phone_number']]) }),
    ],
    [
      '400 for a phone of a single profile beside its e-mail: without it',
      at('/data/attributes/phone_number'),
      [known],
      evict({ amend: new Map([[0, 'phone_number']]) }),
    ],
    [
      '400 of an erasure: it dies',
      at('/data/attributes/profile/data/attributes/email'),
      [eraseItem('e')],
      evict({ dead: new Map([[0, errorAt('/data/attributes/profile/data/attributes/email')]]) }),
    ],
    ['400 that names nothing: halves', json(400), two, { kind: 'split' }],
    ['400 that points outside the batch: halves', at(`${EVENT}/7/attributes/profile`), two, { kind: 'split' }],
    ['400 that names nothing, one event: it dies', json(400), one, bury],
    ['400 without JSON: halves', html(400), two, { kind: 'split' }],
    ['400 without JSON, one event: it dies', html(400), one, { ...bury, error: undefined }],
    [
      '400 for a phone beside an e-mail: without the phone',
      at(`${PROFILE}/phone_number`),
      [storedEvent('m', { who: { email: 'a@example.com', phone_number: '+12025550123' } })],
      evict({ amend: new Map([[0, 'phone_number']]) }),
    ],
    [
      '400 for a phone beside an anonymous id alone: it dies',
      at(`${PROFILE}/phone_number`),
      [storedEvent('m', { who: { phone_number: '+12025550123', anonymous_id: 'a' } })],
      evict({ dead: new Map([[0, errorAt(`${PROFILE}/phone_number`)]]) }),
    ],
    [
      '400 for a phone alone: it dies',
      at(`${PROFILE}/phone_number`),
      [storedEvent('m', { who: { phone_number: '+12025550123' } })],
      evict({ dead: new Map([[0, errorAt(`${PROFILE}/phone_number`)]]) }),
    ],
    [
      '400 for a bad _kx beside another id: without it',
      at(`${PROFILE}/_kx`),
      [storedEvent('m', { who: { _kx: 'x', anonymous_id: 'a' } })],
      evict({ amend: new Map([[0, '_kx']]) }),
    ],
    [
      '400 for a bad _kx alone: it dies',
      at(`${PROFILE}/_kx`),
      [storedEvent('m', { who: { _kx: 'x' } })],
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
    ['413 in HTML: halves', html(413), two, { kind: 'split' }],
    ['401: the account stops', json(401), two, { kind: 'stop', scope: 'account', reason: 'klaviyo_key_invalid' }],
    [
      '403 in JSON: the operation stops',
      json(403),
      two,
      { kind: 'stop', scope: 'operation', reason: 'klaviyo_scope_missing' },
    ],
    ['403 in HTML: the CDN, again later', html(403), two, retry],
    ['404: dead', json(404), two, bury],
    ['404 without Klaviyo’s error: somebody else’s answer', html(404), two, retry],
    ['a success that Klaviyo does not answer with: again later', { kind: 'no_answer', why: 'foreign' }, two, retry],
    [
      '404 of a subscription: the list is missing',
      json(404),
      [subscribeItem('s')],
      { ...bury, reason: 'list_not_found' },
    ],
    [
      '404 of an addition to a list: the list is missing',
      json(404),
      [memberItem('a')],
      { ...bury, reason: 'list_not_found' },
    ],
    ['404 of a removal: a profile may be gone since its id was read', json(404), [removal], retry],
    ['405: dead', json(405), two, bury],
    ['405 in HTML: dead', html(405), two, { ...bury, error: undefined }],
    ['408: again later', html(408), two, retry],
    ['409 of a profile: without its external id', conflict, [known], evict({ amend: new Map([[0, 'external_id']]) })],
    [
      '409 of a profile without one: without its phone',
      conflict,
      [singleItem('p', { who: { email: 'a@example.com', phone_number: '+12025550123' } })],
      evict({ amend: new Map([[0, 'phone_number']]) }),
    ],
    [
      '409 of a profile with a phone and an external id: the phone stays',
      conflict,
      [singleItem('p', { who: { phone_number: '+12025550123', external_id: 'u-1' } })],
      evict({ amend: new Map([[0, 'external_id']]) }),
    ],
    [
      '409 of a profile with nothing left to drop: it dies',
      conflict,
      [singleItem('p')],
      evict({ dead: new Map([[0, conflict.errors?.[0] as KlaviyoError]]) }),
    ],
    [
      '409 of an import that names a row: that one goes on alone',
      json(409, { errors: [{ ...errorAt('/data/attributes/profiles/data/0'), code: 'duplicate_profile' }] }),
      [profileItem('p1'), profileItem('p2', { who: { email: 'b@example.com' } })],
      evict({ alone: [0] }),
    ],
    ['409 of an import that names none: halves', conflict, [profileItem('p1'), profileItem('p2')], { kind: 'split' }],
    [
      '409 of an addition to a list that names a row: without its external id',
      json(409, { errors: [errorAt('/data/attributes/profiles/data/0')] }),
      [memberItem('a', { who: { email: 'a@example.com', external_id: 'u-1' } })],
      evict({ amend: new Map([[0, 'external_id']]) }),
    ],
    ['409 where nothing can conflict: dead', json(409), two, bury],
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
    ['500 in HTML: again later', html(500), two, retry],
    ['502, 504: again later', html(504), two, retry],
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
      decide(json(429, wait === 0 ? { retryAfterMs: 0 } : {}), two, { chance }),
    );
    expect(pauses.filter((pause) => pause.kind !== 'pause' || pause.delayMs < 1000)).toEqual([]);
  });
});

describe('a list that is not there', () => {
  it('is told from a profile that is gone by asking thrice', () => {
    const actions = [0, 1, 2].map((attempts) => decide(json(404), [removal], { attempts }).kind);
    expect(actions).toEqual(['retry', 'retry', 'bury']);
  });
});

describe('what fails again and again while Klaviyo takes others', () => {
  const becomes = (answer: KlaviyoAnswer, items: readonly StoredItem[], othersTaken: boolean) =>
    [3, 4, 8, 9].map((attempts) => decide(answer, items, { attempts, othersTaken }).kind);

  it.each([
    ['is halved from its fifth try on', html(403), two, true, ['retry', 'split', 'split', 'split']],
    ['dies alone at its tenth', json(500), one, true, ['retry', 'retry', 'retry', 'bury']],
    [
      'also when it is never answered',
      { kind: 'no_answer', why: 'timeout' },
      one,
      true,
      ['retry', 'retry', 'retry', 'bury'],
    ],
    ['is only tried again while Klaviyo takes nothing', html(403), two, false, ['retry', 'retry', 'retry', 'retry']],
    ['is no trouble of its own under a 429', json(429), two, true, ['pause', 'pause', 'pause', 'pause']],
  ] as [string, KlaviyoAnswer, StoredItem[], boolean, string[]][])(
    '%s',
    (_title, answer, items, othersTaken, expected) => {
      expect(becomes(answer, items, othersTaken)).toEqual(expected);
    },
  );
});

describe('the pause between tries', () => {
  it('doubles, and ends at fifteen minutes', () => {
    const pauses = [0, 1, 2, 5, 9, 10, 40].map((attempts) => decide(json(500), two, { attempts }));
    expect(pauses.map((action) => action.kind === 'retry' && action.delayMs / 1000)).toEqual([
      2, 4, 8, 64, 900, 900, 900,
    ]);
  });

  it('is jittered in full, so that many Workers do not come back at once', () => {
    const pauses = [0.25, 0.5, 0.75].map((chance) => decide(json(500), two, { attempts: 3, chance }));
    expect(pauses.map((action) => action.kind === 'retry' && action.delayMs)).toEqual([4000, 8000, 12_000]);
  });
});
