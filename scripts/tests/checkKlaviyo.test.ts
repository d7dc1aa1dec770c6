import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedEmulator, serveEmulator } from '../../packages/klaviyo-emulator/src/node.ts';
import { checkKlaviyo } from '../stack/checkKlaviyo.ts';

let served: ServedEmulator;
beforeAll(async () => {
  served = await serveEmulator();
});
afterAll(() => served.close());

const KEY = 'pk_emulator_demo';
const REVISION = '2026-07-15';

test.for([
  ['a key and its list', { apiKey: KEY, listId: 'DEMO01' }, undefined],
  ['a key without a list', { apiKey: KEY, listId: null }, undefined],
  ['a wrong key', { apiKey: 'pk_wrong', listId: null }, /^Klaviyo does not accept KLAVIYO_API_KEY\./],
  ['a wrong key with a list', { apiKey: 'pk_wrong', listId: 'DEMO01' }, /^Klaviyo does not accept KLAVIYO_API_KEY\./],
  ['an unknown list', { apiKey: KEY, listId: 'NOLIST' }, /^Klaviyo has no list NOLIST\./],
] as const)('%s', async ([, given, said]) => {
  const problem = await checkKlaviyo(given, { baseUrl: served.url, revision: REVISION });
  expect(problem).toEqual(said && expect.stringMatching(said));
});

test('takes a key without the scope for a key', async () => {
  const narrow = await serveEmulator({
    accounts: [{ publicKey: 'NARROW', keys: [{ key: 'pk_narrow', scopes: ['events:write'] }] }],
  });
  const problem = await checkKlaviyo(
    { apiKey: 'pk_narrow', listId: null },
    { baseUrl: narrow.url, revision: REVISION },
  );
  await narrow.close();
  expect(problem).toBeUndefined();
});

test('says that nobody answers, and where', async () => {
  const gone = await serveEmulator();
  await gone.close();
  expect(await checkKlaviyo({ apiKey: KEY, listId: null }, { baseUrl: gone.url, revision: REVISION })).toBe(
    `Klaviyo does not answer at ${gone.url}: is this machine online?`,
  );
});

test('asks with the revision of the configuration', async () => {
  const asked: unknown[] = [];
  const server = createServer(({ headers }, response) => {
    asked.push(headers.revision);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await checkKlaviyo({ apiKey: KEY, listId: null }, { baseUrl: `http://127.0.0.1:${port}`, revision: '2026-04-15' });
  server.close();
  expect(asked).toEqual(['2026-04-15']);
});
