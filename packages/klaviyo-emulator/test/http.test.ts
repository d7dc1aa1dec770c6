import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../src/options.ts';
import { eventBody, PATHS, profileBody } from './support/bodies.ts';
import { createTestEmulator, errorsOf, HEADERS } from './support/createTestEmulator.ts';

const accounts: EmulatorOptions['accounts'] = [
  {
    publicKey: 'SHOP01',
    keys: [{ key: 'pk_full' }, { key: 'pk_reader', scopes: ['events:read', 'profiles:read'] }],
  },
  { publicKey: 'SHOP02', keys: [{ key: 'pk_other' }] },
];
const key = (name: string) => ({ authorization: `Klaviyo-API-Key ${name}` });

function deepEvent(depth: number): string {
  const [head = '', tail = ''] = JSON.stringify(
    eventBody({ profile: { email: 'a@example.com', properties: 'DEEP' } }),
  ).split('"DEEP"');
  return `${head}${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}${tail}`;
}

describe('a request', () => {
  test.each([
    ['no key', { authorization: '' }, '401 authentication_failed /data/'],
    ['an unknown key', key('pk_wrong'), '401 authentication_failed /data/'],
    ['a bearer token', { authorization: 'Bearer pk_full' }, '401 authentication_failed /data/'],
    ['a key without the scope', key('pk_reader'), '403 permission_denied /data/'],
    ['no revision', { ...key('pk_full'), revision: '' }, '400 invalid revision'],
    ['a revision that is none', { ...key('pk_full'), revision: 'banana' }, '400 invalid revision'],
    ['text/plain', { ...key('pk_full'), 'content-type': 'text/plain' }, '415 unsupported_media_type /data/'],
    ['an unknown encoding', { ...key('pk_full'), 'content-encoding': 'br' }, '415 unsupported_media_type /data/'],
  ])('with %s is refused', async (_title, headers, error) => {
    const { send, emulator } = createTestEmulator({ accounts });
    const reply = await send('POST', PATHS.event, eventBody(), headers);
    expect([errorsOf(reply), emulator.state().events]).toEqual([[error], []]);
  });

  test.each([
    ['falls forward', {}, 200],
    ['is gone where the caller opted out of that', { 'X-Klaviyo-Revision-Fall-Forward-Opt-Out': '1' }, 410],
  ])('with a retired revision %s', async (_title, headers, status) => {
    const { send } = createTestEmulator();
    const reply = await send('GET', PATHS.lists, undefined, { revision: '2023-02-22', ...headers });
    expect(reply.status).toBe(status);
  });

  test.each(['application/json', 'application/vnd.api+json', 'application/json; charset=utf-8'])(
    'with %s is taken',
    async (type) => {
      const { send } = createTestEmulator();
      expect((await send('POST', PATHS.event, eventBody(), { 'content-type': type })).status).toBe(202);
    },
  );

  test('with a gzip body is taken', async () => {
    const { emulator } = createTestEmulator();
    const init = { method: 'POST', headers: { ...HEADERS, 'content-encoding': 'gzip' } };
    const body = gzipSync(JSON.stringify(eventBody()));
    const { status } = await emulator.fetch(new Request('https://a.klaviyo.com/api/events', { ...init, body }));
    expect([status, emulator.state().events.length]).toEqual([202, 1]);
  });

  test.each([
    ['gzip that is none', Buffer.from('{}'), 400],
    ['gzip that unpacks to more than 5 MB', gzipSync(Buffer.alloc(6_000_000, 'x')), 413],
    ['values nested 100,000 deep', gzipSync(deepEvent(100_000)), 400],
  ])('with %s is refused', async (_title, body, status) => {
    const { emulator } = createTestEmulator();
    const init = { method: 'POST', headers: { ...HEADERS, 'content-encoding': 'gzip' } };
    const reply = await emulator.fetch(new Request('https://a.klaviyo.com/api/events', { ...init, body }));
    expect(reply.status).toBe(status);
  });

  test('with a trailing slash is the same', async () => {
    const { send } = createTestEmulator();
    const statuses = [await send('POST', '/api/events/', eventBody()), await send('GET', '/api/lists/DEMO01/')];
    expect(statuses.map(({ status }) => status)).toEqual([202, 200]);
  });

  test('to a path that is none is 404, with a method that is none 405', async () => {
    const { send } = createTestEmulator();
    const replies = [await send('GET', '/api/nothing'), await send('PATCH', PATHS.event, {})];
    expect([replies.map(({ status }) => status), replies[1]?.headers.get('allow')]).toEqual([[404, 405], 'POST, GET']);
  });

  test('reaches the account of its key only', async () => {
    const { send, emulator } = createTestEmulator({ accounts });
    await send('POST', PATHS.profiles, profileBody({ email: 'ada@example.com' }), key('pk_full'));
    await send('POST', PATHS.profiles, profileBody({ email: 'ada@example.com' }), key('pk_other'));
    const { body } = await send('GET', PATHS.profiles, undefined, key('pk_other'));
    const owners = emulator.state().profiles.map(({ account }) => account);
    expect([owners, body.data.length]).toEqual([['SHOP01', 'SHOP02'], 1]);
  });
});
