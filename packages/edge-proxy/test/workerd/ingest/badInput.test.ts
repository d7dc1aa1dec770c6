import type { JsonObject } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { gzip, utf16 } from '../support/encode.ts';
import { track } from '../support/messages.ts';
import { send, sendBatch, summary } from '../support/post.ts';
import { queuedEvents } from '../support/queuedEvents.ts';
import { openWorld } from '../support/world.ts';

const body = (batch: unknown[] = [track('m1')]) => JSON.stringify({ writeKey: 'wk_demo', batch });
const encode = (text: string) => new TextEncoder().encode(text);
/** The beginning of some compressed bytes; by luck they are UTF-8. */
const packed = new Uint8Array([0x1b, 0x05, 0x00, 0x7c]);
const nested = (depth: number) => `${'{"x":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a body', () => {
  it.each([
    ['that is no JSON', () => 'hello', [400, 'body_malformed']],
    ['that is empty', () => '', [400, 'body_malformed']],
    ['that is cut off', () => body().slice(0, -7), [400, 'body_malformed']],
    ['that is a list', () => '[]', [400, 'body_malformed']],
    ['that is null', () => 'null', [400, 'body_malformed']],
    ['without a batch', () => '{"writeKey":"wk_demo"}', [400, 'body_malformed']],
    [
      'with a byte that UTF-8 does not have',
      () => new Uint8Array([...encode('{"a":"'), 0xff, ...encode('"}')]),
      [400, 'encoding_unsupported'],
    ],
    ['in UTF-16', () => utf16(body()), [400, 'encoding_unsupported']],
    ['in UTF-16 without a byte order mark', () => utf16(body()).slice(2), [400, 'encoding_unsupported']],
    ['in gzip', () => gzip(body()), [202, 1, []]],
    ['in gzip that is cut off', async () => (await gzip(body())).slice(0, 40), [400, 'encoding_unsupported']],
    [
      'in gzip with a bad byte',
      async () => (await gzip(body())).map((byte, index) => (index === 30 ? byte ^ 0xff : byte)),
      [400, 'encoding_unsupported'],
    ],
    [
      'in gzip of two members',
      async () => new Uint8Array([...(await gzip(body().slice(0, 9))), ...(await gzip(body().slice(9)))]),
      [202, 1, []],
    ],
    [
      'in gzip with something behind it',
      async () => new Uint8Array([...(await gzip(body())), 1]),
      [400, 'encoding_unsupported'],
    ],
    [
      'in gzip of members that unfold without end together',
      async () =>
        new Uint8Array([...Array(4).fill(await gzip(' '.repeat(200_000))), await gzip(body())].flatMap((b) => [...b])),
      [413, 'body_too_large'],
    ],
    [
      'in gzip that unfolds without end',
      () => gzip(body([track('m1', { properties: { x: 'x'.repeat(5_000_000) } })])),
      [413, 'body_too_large'],
    ],
    [
      'of more than 500 KB',
      () => body([track('m1', { properties: { x: 'x'.repeat(500 * 1024) } })]),
      [413, 'body_too_large'],
    ],
    ['with a byte order mark', () => new Uint8Array([0xef, 0xbb, 0xbf, ...encode(body())]), [202, 1, []]],
    ['of a thousand messages and one', () => body(Array.from({ length: 1001 }, () => ({}))), [413, 'body_too_large']],
    ['of no message', () => body([]), [202, 0, []]],
    ['nested without end', () => `{"writeKey":"wk_demo","batch":[],"x":${nested(40_000)}}`, [202, 0, []]],
    [
      'with a batch nested without end',
      () => `{"writeKey":"wk_demo","batch":[${nested(40_000)}]}`,
      [400, 'event_invalid'],
    ],
    ...['sentAt', 'anonymousId', 'userId'].map((key): [string, () => string, unknown[]] => [
      `whose ${key} is nested without end`,
      () => `{"writeKey":"wk_demo","batch":[${JSON.stringify(track('m1'))}],"${key}":${nested(40_000)}}`,
      key === 'sentAt' ? [202, 1, []] : [413, 'body_too_large'],
    ]),
    [
      'with a context nested without end',
      () => `{"writeKey":"wk_demo","batch":[{}],"context":${nested(40_000)}}`,
      [413, 'body_too_large'],
    ],
  ] as [string, () => string | Uint8Array | Promise<Uint8Array>, unknown[]][])('%s', async (_title, make, expected) => {
    openWorld();
    expect(summary(await send('/v1/batch', await make()))).toEqual(expected);
  });

  it.each([
    ['Content-Encoding: gzip', { 'content-encoding': 'gzip' }, () => gzip(body()), [202, 1, []]],
    // An intermediary that unfolds a body may leave the header.
    ['Content-Encoding: gzip on what is plain', { 'content-encoding': 'gzip' }, body, [202, 1, []]],
    ['Content-Encoding: br', { 'content-encoding': 'br' }, () => packed, [400, 'encoding_unsupported']],
    ['Content-Encoding: deflate', { 'content-encoding': 'deflate' }, () => packed, [400, 'encoding_unsupported']],
    ['charset=UTF-8', { 'content-type': 'application/json; charset=UTF-8' }, body, [202, 1, []]],
    ['charset="utf-8"', { 'content-type': 'text/plain;charset="utf-8"' }, body, [202, 1, []]],
    [
      'charset=utf-16',
      { 'content-type': 'application/json; charset=utf-16' },
      () => utf16(body()).slice(2),
      [400, 'encoding_unsupported'],
    ],
  ] as [string, Record<string, string>, () => string | Uint8Array | Promise<Uint8Array>, unknown[]][])(
    'under %s',
    async (_title, headers, make, expected) => {
      openWorld();
      expect(summary(await send('/v1/batch', await make(), { headers }))).toEqual(expected);
    },
  );

  it('whose keys come twice is read by their last', async () => {
    const world = openWorld();
    const twice = '{"type":"page","type":"track","event":"A","event":"B","messageId":"m1","anonymousId":"a"}';
    const context = '{"consent":{"categoryPreferences":{"marketing":false,"marketing":true}}}';
    const text = `{"writeKey":"wk_none","writeKey":"wk_demo","context":${context},"batch":[],"batch":[${twice}]}`;
    const answer = await send('/v1/batch', text);
    const taken = queuedEvents(world.queue);
    expect([summary(answer), taken.map(({ message }) => message)]).toMatchObject([
      [202, 1, []],
      [{ type: 'track', event: 'B' }],
    ]);
  });

  it('that comes in one byte at a time is the same body', async () => {
    openWorld();
    const bytes = encode(body([track('m1', { properties: { name: 'Größe 😀' } })]));
    const stream = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    expect(summary(await send('/v1/batch', stream))).toEqual([202, 1, []]);
  });

  it('is refused before it is read when it never ends', async () => {
    openWorld();
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    const answer = await send('/v1/batch', stream);
    expect([summary(answer), sent < 2_000_000]).toEqual([[413, 'body_too_large'], true]);
  });
});

describe('an event that is wrong', () => {
  it('is listed by index, id, code and path, while its neighbours go through', async () => {
    const world = openWorld();
    const batch = [
      track('good-1'),
      track('no-name', { event: '' }),
      null,
      track('too-large', { properties: { x: 'x'.repeat(33 * 1024) } }),
      { ...track('nobody'), anonymousId: null },
      track('soon', { timestamp: 'soon' }),
      { type: 'group', messageId: 'group', userId: 'u', groupId: 7.5 },
      { type: 'alias', messageId: 'alias', userId: 'u' },
      track('good-2'),
    ];
    const answer = await sendBatch(batch);
    const taken = queuedEvents(world.queue).map(({ id }) => id);
    expect([summary(answer), taken]).toEqual([
      [
        202,
        2,
        [
          { index: 1, id: 'no-name', code: 'event_invalid', path: 'event' },
          { index: 2, id: '', code: 'event_invalid', path: '' },
          { index: 3, id: 'too-large', code: 'event_too_large', path: 'properties' },
          { index: 4, id: 'nobody', code: 'event_invalid', path: 'anonymousId' },
          { index: 5, id: 'soon', code: 'event_invalid', path: 'timestamp' },
          { index: 6, id: 'group', code: 'event_invalid', path: 'groupId' },
          { index: 7, id: 'alias', code: 'event_invalid', path: 'previousId' },
        ],
      ],
      ['good-1', 'good-2'],
    ]);
  });

  it('and has no better neighbour makes the request a mistake, with the same list in its details', async () => {
    const world = openWorld();
    const answer = await sendBatch([
      track('a', { event: '' }),
      track('b', { properties: { x: 'x'.repeat(33 * 1024) } }),
    ]);
    expect([answer.status, answer.json.error, world.queue]).toEqual([
      400,
      {
        code: 'event_invalid',
        message: expect.any(String),
        requestId: answer.headers.get('x-request-id'),
        details: {
          rejected: [
            { index: 0, id: 'a', code: 'event_invalid', path: 'event' },
            { index: 1, id: 'b', code: 'event_too_large', path: 'properties' },
          ],
        },
      },
      [],
    ]);
  });

  it('cannot reach a prototype, whatever its keys', async () => {
    const world = openWorld();
    const evil = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x","price":1}';
    const text = `{"writeKey":"wk_demo","context":{"__proto__":{"polluted":1},"consent":{"categoryPreferences":{"marketing":true,"__proto__":true}}},
      "batch":[{"type":"track","event":"Ping","messageId":"m1","anonymousId":"a","properties":${evil}},
               {"type":"identify","messageId":"m2","anonymousId":"a","traits":{"email":"ada@example.com","__proto__":{"polluted":1}}},
               {"type":"track","event":"__proto__","messageId":"m3","anonymousId":"constructor"}]}`;
    const answer = await send('/v1/batch', text);
    await world.collect();
    await world.pass(10_000);
    expect([summary(answer), Reflect.get({}, 'polluted'), await world.tally()]).toEqual([
      [202, 3, []],
      undefined,
      { accepted: 3, waiting: 0, delivered: 3, refused: 0, dead: 0, duplicate: 0 },
    ]);
  });

  it('does not fool the door by a category that only a prototype grants', async () => {
    openWorld();
    const text = `{"writeKey":"wk_demo","batch":[{"type":"track","event":"Ping","messageId":"m1","anonymousId":"a",
      "context":{"consent":{"categoryPreferences":{"__proto__":{"marketing":true}}}}}]}`;
    const answer = await send('/v1/batch', text);
    expect([answer.json.accepted ?? 0, answer.status < 500]).toEqual([0, true]);
  });
});

describe('events at the edge of what is sensible', () => {
  it('keep their time when the clock of the page is a year off', async () => {
    const world = openWorld();
    const at = (ms: number) => new Date(ms).toISOString();
    const YEAR = 365 * 24 * 3_600_000;
    const now = Date.now();
    for (const off of [-YEAR, YEAR])
      await sendBatch([track(`m${off}`, { timestamp: at(now + off - 60_000) })], { sentAt: at(now + off) });
    await world.collect();
    await world.pass(10_000);
    expect(world.klaviyo.state().events.map(({ time, backfill }) => [Date.parse(time) - now, backfill])).toEqual([
      [-60_000, false],
      [-60_000, false],
    ]);
  });

  it('count once when one batch brings an id twice', async () => {
    const world = openWorld();
    const answer = await sendBatch([track('m1'), track('m1')]);
    await world.collect();
    await world.pass(10_000);
    expect([summary(answer), world.klaviyo.state().events.length, await world.tally()]).toEqual([
      [202, 2, []],
      1,
      { accepted: 2, waiting: 0, delivered: 1, refused: 0, dead: 0, duplicate: 1 },
    ]);
  });

  it('are split over queue messages where they would pass 100 KB', async () => {
    const world = openWorld();
    const batch = Array.from({ length: 14 }, (_, index) =>
      track(`m${index}`, { properties: { x: 'x'.repeat(31_000) } }),
    );
    const answer = await sendBatch(batch);
    const sizes = world.queue.map((message) => JSON.stringify(message).length);
    const ids = queuedEvents(world.queue).map(({ id }) => id);
    expect([summary(answer), sizes.filter((size) => size > 128_000), ids]).toEqual([
      [202, 14, []],
      [],
      batch.map(({ messageId }) => messageId as string),
    ]);
  });

  it('cost no more than they weigh: defaults of a batch are not measured a thousand times over', async () => {
    openWorld();
    const context: JsonObject = { consent: { categoryPreferences: { marketing: true } }, x: 'x'.repeat(400_000) };
    const answer = await sendBatch(
      Array.from({ length: 1000 }, () => ({})),
      { context },
    );
    expect(summary(answer)).toEqual([413, 'body_too_large']);
  });
});
