import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import type { Env } from '../../../src/env.ts';
import worker from '../../../src/index.ts';
import { track } from '../support/messages.ts';
import { send, summary } from '../support/post.ts';
import { KLAVIYO_KEY, LEDGER_KEY } from '../support/settings.ts';
import { openWorld } from '../support/world.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const operator = { authorization: 'Bearer op_alice' };

/** The Worker under other bindings. */
async function askWith(change: Partial<Env>, path: string, body?: unknown): Promise<[number, string]> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const request = new Request(`https://edge.example${path}`, init) as Request<unknown, IncomingRequestCfProperties>;
  const response = await worker.fetch?.(request, { ...env, ...change }, createExecutionContext());
  return [response?.status ?? 0, (await response?.text()) ?? ''];
}

describe('every answer', () => {
  it('carries x-request-id, and every error has one shape', async () => {
    openWorld();
    const answers = [
      await send('/v1/batch', { writeKey: 'wk_demo', batch: [track('m1')] }),
      await send('/v1/batch', 'x'),
      await send('/v1/batch', { batch: [] }),
      await send('/v1/nothing', {}),
      await send('/nothing', undefined, { method: 'GET' }),
      await send('/v1/batch', undefined, { method: 'GET' }),
      await send('/healthz', undefined, { method: 'GET' }),
      await send('/readyz', undefined, { method: 'GET' }),
      await send('/v1/operator/delivery', undefined, { method: 'GET' }),
      await send('/v1/subscribe', { writeKey: 'wk_demo' }),
    ];
    const seen = answers.map(({ status, headers, json }) => {
      const requestId = headers.get('x-request-id') ?? '';
      const error = json?.error;
      const inShape =
        error === undefined ||
        (error.requestId === requestId && error.message !== '' && Object.keys(json).length === 1);
      return [status, error?.code, UUID.test(requestId) && inShape];
    });
    expect(seen).toEqual([
      [202, undefined, true],
      [400, 'body_malformed', true],
      [401, 'key_missing', true],
      [404, 'not_found', true],
      [404, 'not_found', true],
      [404, 'not_found', true],
      [200, undefined, true],
      [200, undefined, true],
      [401, 'operator_unauthorized', true],
      [400, 'email_invalid', true],
    ]);
  });

  it('to a defect says nothing of the inside', async () => {
    const world = openWorld();
    vi.spyOn(env.DISPATCHER, 'getByName').mockImplementation(() => {
      throw new Error('inside pk_emulator_demo');
    });
    const answer = await send('/v1/operator/delivery', undefined, { method: 'GET', headers: operator });
    expect([summary(answer), answer.text.includes('inside'), world.output.length]).toEqual([
      [500, 'internal'],
      false,
      1,
    ]);
  });
});

describe('an operator route', () => {
  const ask = async (headers: Record<string, string>) =>
    summary(await send('/v1/operator/delivery', undefined, { method: 'GET', headers }))[0];

  it('opens to an operator token, and to no other key', async () => {
    openWorld();
    const keys = ['op_alice', 'op_other', 'sk_backend', 'wk_demo', ''];
    const statuses = [];
    for (const key of keys) statuses.push(await ask({ authorization: `Bearer ${key}` }));
    expect([statuses, await ask({}), await ask({ authorization: `Basic ${btoa('op_alice:')}` })]).toEqual([
      [200, 401, 401, 401, 401],
      401,
      200,
    ]);
  });

  it('shows what waits and what became of the rest', async () => {
    const world = openWorld();
    await send('/v1/batch', { writeKey: 'wk_demo', batch: [track('m1')] });
    await world.collect();
    const { text } = await send('/v1/operator/delivery', undefined, { method: 'GET', headers: operator });
    expect(JSON.parse(text)).toMatchObject({
      accounts: {
        main: {
          waiting: { events: 1 },
          counts: [{ lane: 'events', outcome: 'accepted', reason: '', n: 1 }],
          stops: {},
        },
      },
    });
  });
});

describe('health', () => {
  it('is well where configuration and database are', async () => {
    openWorld();
    expect([await askWith({}, '/healthz'), await askWith({}, '/readyz')]).toEqual([
      [200, '{"status":"ok"}'],
      [200, '{"status":"ok"}'],
    ]);
  });

  it('says not ready, and no more, without a configuration or a database', async () => {
    openWorld();
    const away = {
      prepare: () => {
        throw new Error('D1 is away');
      },
    } as unknown as D1Database;
    const answers = [
      await askWith({ SLUICE_CONFIG: '{}' }, '/readyz'),
      await askWith({ DB: away }, '/readyz'),
      await askWith({ SLUICE_CONFIG: '' }, '/healthz'),
    ];
    expect(answers).toEqual([
      [503, '{"status":"not_ready"}'],
      [503, '{"status":"not_ready"}'],
      [200, '{"status":"ok"}'],
    ]);
  });

  it('is not ready before the migrations are applied', async () => {
    openWorld();
    await env.DB.batch(['ledger_evidence', 'ledger_entries'].map((table) => env.DB.prepare(`DROP TABLE ${table}`)));
    expect(await askWith({}, '/readyz')).toEqual([503, '{"status":"not_ready"}']);
  });
});

describe('a wrong configuration', () => {
  const config = JSON.parse(env.SLUICE_CONFIG);
  const json = JSON.stringify;
  it.each([
    ['is missing', { SLUICE_CONFIG: '' }, 'SLUICE_CONFIG (top)'],
    ['has an unknown key', { SLUICE_CONFIG: json({ ...config, evnets: {} }) }, 'evnets'],
    ['lacks the Klaviyo key', { KLAVIYO_API_KEY: '' }, 'KLAVIYO_API_KEY'],
    [
      'lacks the key of a second account',
      { SLUICE_CONFIG: json({ ...config, accounts: { ...config.accounts, uk: {} } }) },
      'KLAVIYO_API_KEY_UK',
    ],
    [
      'has ledger keys that are too short',
      { LEDGER_KEYS: json({ current: '1', keys: { 1: 'hunter2-short' } }) },
      'LEDGER_KEYS',
    ],
    [
      'has a current ledger key that is not there',
      { LEDGER_KEYS: json({ current: 'constructor', keys: { 1: LEDGER_KEY } }) },
      'LEDGER_KEYS',
    ],
    ['has a server source without a key', { SECRET_KEYS: '{}' }, 'backend'],
    [
      'has a secret key that stands in every page',
      { SECRET_KEYS: '{"backend":["wk_demo"],"reader":["sk_reader"]}' },
      'SECRET_KEYS',
    ],
    ['has alerts and nothing to sign them with', { WEBHOOK_SECRET: 'hunter2-short' }, 'WEBHOOK_SECRET'],
    [
      'names more queues than are bound',
      { SLUICE_CONFIG: json({ ...config, ingest: { queues: 4 } }) },
      'ingest.queues: as many queues as are bound; INGEST_4 is not',
    ],
    ['has keys that are no JSON', { SECRET_KEYS: 'sk_plain_secret' }, 'SECRET_KEYS'],
    ['has operators that are no lists', { OPERATOR_TOKENS: json({ alice: 'op_alice' }) }, 'OPERATOR_TOKENS'],
  ])(
    'that %s answers config_invalid; the log says where, and neither shows a secret',
    async (_title, change, where) => {
      const world = openWorld();
      const [status, text] = await askWith(change, '/v1/batch', { writeKey: 'wk_demo', batch: [] });
      const shown = text + world.output.join('\n');
      const secrets = [KLAVIYO_KEY, LEDGER_KEY, 'hunter2', 'sk_', 'op_alice'].filter((secret) =>
        shown.replaceAll('sk_…', '').replaceAll('op_…', '').includes(secret),
      );
      expect([
        status,
        JSON.parse(text).error.code,
        text.includes(where),
        world.output.join().includes(where),
        secrets,
      ]).toEqual([500, 'config_invalid', false, true, []]);
    },
  );

  it('lists every problem at once', async () => {
    const world = openWorld();
    await askWith({ SECRET_KEYS: 'x', OPERATOR_TOKENS: 'x', LEDGER_KEYS: 'x', KLAVIYO_API_KEY: '' }, '/v1/batch', {});
    const names = ['SECRET_KEYS', 'OPERATOR_TOKENS', 'LEDGER_KEYS', 'KLAVIYO_API_KEY'];
    expect(names.filter((name) => !world.output.join().includes(name))).toEqual([]);
  });
});
