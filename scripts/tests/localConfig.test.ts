import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localConfig } from '../stack/localConfig.ts';
import { readConfig } from '../stack/readConfig.ts';

const config = await readConfig(join(import.meta.dirname, '../../sluice.config.jsonc'));
const EMULATED = { emulatorUrl: 'http://127.0.0.1:9000', listId: 'DEMO01', shopPort: 9001 };
const REAL = { emulatorUrl: null, listId: 'XyZ123', shopPort: 9001 };

test('sends every account to the emulator, and takes events from the local shop', () => {
  const second = { ...config, accounts: { ...config.accounts, second: config.accounts.main ?? fail() } };
  const { accounts, sources } = localConfig(second, EMULATED);
  expect({
    urls: Object.values(accounts).map(({ baseUrl }) => baseUrl),
    origins: sources.flatMap((source) => (source.kind === 'public' ? source.origins : [])),
  }).toEqual({
    urls: ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    origins: ['http://127.0.0.1:9001', 'http://localhost:9001'],
  });
});

test('leaves a real account where it is, with the list that was asked for', () => {
  const { main } = localConfig(config, REAL).accounts;
  expect({ baseUrl: main?.baseUrl, list: main?.defaultList }).toEqual({
    baseUrl: 'https://a.klaviyo.com',
    list: 'XyZ123',
  });
});

test.for([
  ['the emulator', EMULATED, true],
  ['the real Klaviyo', REAL, false],
] as const)(
  'with %s, nothing is taken without a yes, and the invented place goes to no real profile',
  ([, to, location]) => {
    const { consent, enrich } = localConfig(config, to);
    expect({ optOut: consent.default.optOut, location: enrich.location }).toEqual({ optOut: [], location });
  },
);

test('alerts nobody, and tells nobody of its opt-outs', () => {
  const address = 'https://hooks.example/sluice';
  const telling = { ...config, webhooks: { alerts: address, optOuts: address } };
  expect(localConfig(telling, EMULATED).webhooks).toEqual({ alerts: null, optOuts: null });
});

test('has one queue, however many are deployed', () => {
  expect(localConfig({ ...config, ingest: { queues: 5 } }, EMULATED).ingest).toEqual({ queues: 1 });
});

test('says that the account "main" is missing', () => {
  expect(() => localConfig({ ...config, accounts: {} }, EMULATED)).toThrow('has no account "main"');
});

function fail(): never {
  throw new Error('the configuration of the repository has no account "main"');
}
