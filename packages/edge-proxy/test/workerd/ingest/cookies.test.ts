import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import worker from '../../../src/index.ts';
import { no, track } from '../support/messages.ts';
import { testConfig } from '../support/settings.ts';
import { openWorld } from '../support/world.ts';

const [web, ...others] = testConfig.sources;
const shop = 'https://www.shop.example';
const sources = [{ ...web, origins: [shop, 'https://other.example'] }, ...others];
const ID = '0b9d5c1e-6f3a-4c58-9a57-2f6c6b1f0c11';
const page = (id: string, change: object = {}) => track(id, { anonymousId: ID, ...change });

interface Sent {
  batch?: object[];
  writeKey?: string;
  url?: string;
  origin?: string;
  cookie?: string;
  identity?: object;
}

/** Sends a batch to a proxy at events.shop.example. */
async function post(sent: Sent = {}): Promise<Response> {
  const {
    batch = [page('m1')],
    writeKey = 'wk_demo',
    url = 'https://events.shop.example/v1/batch',
    origin = shop,
  } = sent;
  const identity = { cookieDomain: 'shop.example', ...sent.identity };
  const headers = { origin, ...(sent.cookie === undefined ? {} : { cookie: sent.cookie }) };
  const request = new Request(url, { method: 'POST', headers, body: JSON.stringify({ writeKey, batch }) });
  const bindings = { ...env, SLUICE_CONFIG: JSON.stringify({ ...testConfig, sources, identity }) };
  const answer = await worker.fetch?.(request as never, bindings, createExecutionContext());
  return answer ?? expect.fail('the Worker answers');
}

const cookieOf = async (sent?: Sent) => (await post(sent)).headers.get('set-cookie');

it('a browser that may be tracked keeps its anonymous id for 400 days, where page and proxy are within the domain', async () => {
  openWorld();
  const rules = 'Domain=shop.example; Path=/; SameSite=Lax';
  const kept = `sluice.wk_demo=${ID}~shop.example; Max-Age=34560000; ${rules}`;
  expect([
    await cookieOf(),
    await cookieOf({ url: 'http://shop.example/v1/batch', origin: shop }),
    await cookieOf({ batch: [page('a', { anonymousId: 'before-log-out' }), page('b')] }),
    await cookieOf({ batch: [page('a'), page('b', { context: no, anonymousId: 'refused' })] }),
  ]).toEqual([`${kept}; Secure`, kept, `${kept}; Secure`, `${kept}; Secure`]);
});

it('no cookie is set without consent, for a server, for another site, or for an id that is none', async () => {
  openWorld();
  expect([
    await cookieOf({ identity: { cookieDomain: null } }),
    await cookieOf({ batch: [page('m1', { context: {} })] }),
    await cookieOf({ writeKey: 'sk_backend' }),
    await cookieOf({ origin: 'https://other.example' }),
    await cookieOf({ url: 'https://sluice.workers.dev/v1/batch' }),
    await cookieOf({ url: 'https://notshop.example/v1/batch' }),
    await cookieOf({ batch: [page('m1', { anonymousId: 'a; Domain=example' })] }),
    await cookieOf({ batch: [page('m1', { anonymousId: 'a'.repeat(65) })] }),
    await cookieOf({ batch: [page('m1', { anonymousId: null, userId: 'ada@example.com' })] }),
  ]).toEqual(Array(9).fill(null));
});

it('who refuses loses the cookie', async () => {
  openWorld();
  expect(await cookieOf({ batch: [page('m1', { context: no })] })).toBe(
    'sluice.wk_demo=; Max-Age=0; Domain=shop.example; Path=/; SameSite=Lax; Secure',
  );
});

it('a page may read the answer to what it sent with cookies, and an operator’s route is none of its business', async () => {
  openWorld();
  const allowed = async (path: string) =>
    (await post({ url: `https://events.shop.example${path}` })).headers.get('access-control-allow-credentials');
  expect([await allowed('/v1/batch'), await allowed('/v1/t'), await allowed('/v1/operator/delivery')]).toEqual([
    'true',
    'true',
    null,
  ]);
});

it('Klaviyo’s cookie says who an anonymous visitor is, where the configuration wants it', async () => {
  const known = `other=1; __kla_id=${encodeURIComponent(btoa('{"cid":"Y2lk","$exchange_id":"abc.DEF"}'))}; more=2`;
  const profileOf = async (sent: Sent) => {
    const world = openWorld();
    await post({ cookie: known, ...sent });
    await world.collect();
    await world.pass(10_000);
    const bodies = world.klaviyo.requests().map(({ requestBody }) => JSON.stringify(requestBody));
    return /"profile":\{"data":\{"type":"profile","attributes":(\{[^}]*\})/.exec(bodies.join())?.[1];
  };
  const identity = { klaviyoCookie: true };
  expect([
    await profileOf({ identity }),
    await profileOf({ batch: [page('m2')] }),
    await profileOf({ identity, batch: [page('m3')], cookie: '__kla_id=%E0%A4%A' }),
    await profileOf({ identity, batch: [page('m4', { userId: 'ada@example.com' })] }),
  ]).toEqual([
    `{"anonymous_id":"${ID}","_kx":"abc.DEF"}`,
    `{"anonymous_id":"${ID}"}`,
    `{"anonymous_id":"${ID}"}`,
    `{"email":"ada@example.com","anonymous_id":"${ID}"}`,
  ]);
});
