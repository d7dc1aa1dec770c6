import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { track } from '../support/messages.ts';
import { send, summary } from '../support/post.ts';
import { queuedEvents } from '../support/queuedEvents.ts';
import { ORIGIN } from '../support/settings.ts';
import { openWorld } from '../support/world.ts';

const batch = [track('m1')];
/** What Segment's SDKs send: the last of the headers when they try again. */
const ALLOWED = 'content-type, authorization, content-encoding, x-retry-count';
const basic = (name: string) => ({ authorization: `Basic ${btoa(`${name}:`)}` });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a key', () => {
  it.each([
    ['that is missing', { batch }, {}, [401, 'key_missing']],
    ['that nobody has', { writeKey: 'wk_none', batch }, {}, [401, 'key_unknown']],
    ['of a page, from its origin', { writeKey: 'wk_demo', batch }, {}, [202, 1, []]],
    [
      'of a page, from another origin',
      { writeKey: 'wk_demo', batch },
      { origin: 'https://evil.example' },
      [403, 'origin_forbidden'],
    ],
    ['of a page, from no origin', { writeKey: 'wk_demo', batch }, { origin: null }, [403, 'origin_forbidden']],
    ['of a page, from the null origin', { writeKey: 'wk_demo', batch }, { origin: 'null' }, [403, 'origin_forbidden']],
    ['of a page, as Basic user name', { batch }, { headers: basic('wk_demo') }, [202, 1, []]],
    ['of a page, as Bearer token', { batch }, { headers: bearer('wk_demo') }, [202, 1, []]],
    ['of a back end, in the body', { writeKey: 'sk_backend', batch }, { origin: null }, [202, 1, []]],
    ['of a back end, as Basic user name', { batch }, { origin: null, headers: basic('sk_backend') }, [202, 1, []]],
    ['of a back end, as Bearer token', { batch }, { origin: null, headers: bearer('sk_backend') }, [202, 1, []]],
    ['of a back end without the scope', { writeKey: 'sk_reader', batch }, { origin: null }, [403, 'key_scope']],
    ['of an operator', { batch }, { origin: null, headers: bearer('op_alice') }, [401, 'key_unknown']],
  ])('%s', async (_title, body, options, expected) => {
    openWorld();
    expect(summary(await send('/v1/batch', body, options))).toEqual(expected);
  });

  it('that may not is told so before its events are looked at', async () => {
    openWorld();
    expect(summary(await send('/v1/batch', { writeKey: 'wk_none', batch: 'x' }))).toEqual([401, 'key_unknown']);
  });
});

describe('the routes of the Segment API', () => {
  it.each(
    ['track', 'page', 'screen', 'identify', 'alias', 'group'].flatMap((type) => [
      [`/v1/${type}`, type],
      [`/v1/${type.slice(0, 1)}`, type],
    ]),
  )('%s takes a single %s', async (path, type) => {
    const world = openWorld();
    const { type: _other, ...message } = track('m1');
    const ids = { userId: 'ada@example.com', previousId: 'anon-1' };
    const traits = { email: 'ada@example.com' };
    const answer = await send(path ?? '', { ...message, ...ids, writeKey: 'wk_demo', traits });
    const [taken] = queuedEvents(world.queue);
    expect([summary(answer), taken?.message.type]).toEqual([[202, 1, []], type]);
  });

  it.each(['/v1/alias', '/v1/a'])(
    '%s without the earlier id says what is missing, rather than losing it',
    async (path) => {
      openWorld();
      const answer = await send(path, {
        writeKey: 'wk_demo',
        messageId: 'm1',
        userId: 'u',
        anonymousId: 'a',
        context: track('x').context,
      });
      expect([answer.status, answer.json.error?.details]).toEqual([
        400,
        { rejected: [{ index: 0, id: 'm1', code: 'event_invalid', path: 'previousId' }] },
      ]);
    },
  );

  it.each(['/v1/batch', '/v1/b'])('%s takes a batch', async (path) => {
    openWorld();
    expect(summary(await send(path, { writeKey: 'wk_demo', batch }))).toEqual([202, 1, []]);
  });
});

describe('a page', () => {
  const preflight = async (origin: string, path = '/v1/batch') => {
    const response = await exports.default.fetch(`https://edge.example${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });
    return [
      response.status,
      response.headers.get('access-control-allow-origin'),
      response.headers.get('access-control-allow-headers'),
      response.headers.get('x-request-id') !== null,
    ];
  };

  it('needs no preflight for text/plain, and may read the answer', async () => {
    openWorld();
    const answer = await send('/v1/batch', JSON.stringify({ writeKey: 'wk_demo', batch }), {
      headers: { 'content-type': 'text/plain' },
    });
    expect([summary(answer), answer.headers.get('access-control-allow-origin'), answer.headers.get('vary')]).toEqual([
      [202, 1, []],
      ORIGIN,
      'origin',
    ]);
  });

  it('may read why it was refused, and when to come again', async () => {
    openWorld();
    const answer = await send('/v1/batch', 'x');
    expect([
      answer.status,
      answer.headers.get('access-control-allow-origin'),
      answer.headers.get('access-control-expose-headers'),
    ]).toEqual([400, ORIGIN, 'retry-after, x-request-id']);
  });

  it('gets its preflight for application/json answered', async () => {
    openWorld();
    expect(await preflight(ORIGIN)).toEqual([204, ORIGIN, ALLOWED, true]);
  });

  it('has the subscription answered likewise', async () => {
    openWorld();
    expect(await preflight(ORIGIN, '/v1/subscribe')).toEqual([204, ORIGIN, ALLOWED, true]);
  });

  it('never gets a wildcard: the answer names the origin that asked', async () => {
    openWorld();
    const answer = await send('/v1/batch', { writeKey: 'wk_relaxed', batch }, { origin: 'https://any.example' });
    expect([summary(answer), answer.headers.get('access-control-allow-origin')]).toEqual([
      [202, 1, []],
      'https://any.example',
    ]);
  });
});
