import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import worker from '../../../src/index.ts';
import { readTable } from '../support/ledger.ts';
import { send, summary } from '../support/post.ts';
import { ORIGIN, testConfig } from '../support/settings.ts';
import { openWorld, type World } from '../support/world.ts';

const SECRET = 'test-turnstile-secret-not-for-production';
const TURNSTILE = 'https://turnstile.test/siteverify';
const form = { writeKey: 'wk_demo', messageId: 's1', email: 'ada@example.com' };

let visitors = 0;
const visitor = () => `203.0.113.${visitors++ % 250}`;
const subscribe = (change: object = {}) =>
  send('/v1/subscribe', { ...form, ...change }, { headers: { 'cf-connecting-ip': visitor() } });

/** A sign-up at a proxy with other settings and secrets. */
async function subscribeUnder(settings: { config?: object; secret?: string }, change: object = {}) {
  const { config, secret } = settings;
  const signUps = { turnstileUrl: TURNSTILE };
  const bindings = { ...env, SLUICE_CONFIG: JSON.stringify({ ...testConfig, signUps, ...config }) };
  const request = new Request('https://edge.example/v1/subscribe', {
    method: 'POST',
    headers: { origin: ORIGIN, 'cf-connecting-ip': visitor() },
    body: JSON.stringify({ ...form, ...change }),
  });
  const through = { ...bindings, ...(secret !== undefined && { TURNSTILE_SECRET: secret }) };
  const response = await worker.fetch?.(request as never, through, createExecutionContext());
  const answer = (await response?.json()) as { status?: string; error?: { code: string } };
  return [response?.status, answer.error?.code ?? answer.status, response?.headers.get('retry-after')].filter(Boolean);
}

/** Turnstile as Cloudflare describes it: a token passes once, and again under the same key alone. */
function openTurnstile(world: World) {
  const asked: { secret: string; response: string; idempotency_key: string; remoteip: string }[] = [];
  const spent = new Map<string, string>();
  const fail = (...codes: string[]) => Response.json({ success: false, 'error-codes': codes });
  world.intercept(async (request) => {
    if (request.url !== TURNSTILE) return world.klaviyo.fetch(request);
    const body = (await request.json()) as (typeof asked)[number];
    asked.push(body);
    if (body.secret !== SECRET) return fail('invalid-input-secret');
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/.test(body.idempotency_key))
      return fail('bad-request');
    if (!body.response.startsWith('good')) return fail('invalid-input-response');
    if ((spent.get(body.response) ?? body.idempotency_key) !== body.idempotency_key)
      return fail('timeout-or-duplicate');
    spent.set(body.response, body.idempotency_key);
    return Response.json({ success: true, hostname: 'shop.example', 'error-codes': [] });
  });
  return asked;
}

const traces = async ({ queue }: World) => [queue.length, (await readTable('ledger_entries')).length];

describe('a robot', () => {
  it('that fills in the field that people do not see is answered as anybody, and nothing is recorded but that it came', async () => {
    const world = openWorld();
    const [robot, person] = [
      await subscribe({ honeypot: 'https://spam.example' }),
      await subscribe({ messageId: 's2', honeypot: '' }),
    ];
    const lines = world.output.filter((line) => line.includes('honeypot'));
    const shape = ({ json }: typeof robot) => Object.keys(json);
    expect([robot.status, robot.json.status, shape(robot), await traces(world), lines]).toEqual([
      202,
      person.json.status,
      shape(person),
      [1, 1],
      ['{"message":"honeypot","source":"web"}'],
    ]);
  });

  it('with many addresses of the internet cannot have one person mailed again and again; five times a minute it may', async () => {
    const world = openWorld();
    // The runtime's own limit, for somebody whom no other test knows.
    vi.mocked(env.ADDRESS_LIMITER.limit).mockRestore();
    const email = `${crypto.randomUUID()}@example.com`;
    const answers = [];
    for (let n = 0; n < 11; n++)
      answers.push(await subscribe({ messageId: `s${n}`, email: n % 2 ? email : email.toUpperCase() }));
    const last = answers.at(-1);
    const other = await subscribe({ messageId: 'other', email: `${crypto.randomUUID()}@example.com` });
    const taken = answers.filter(({ status }) => status === 202).length;
    // A minute of the limiter's may end in between.
    expect([
      [5, 6, 7, 8, 9, 10].includes(taken),
      last && summary(last),
      last?.headers.get('retry-after'),
      other.status,
      (await traces(world))[0],
    ]).toEqual([true, [429, 'rate_limited'], '60', 202, taken + 1]);
  });

  it('is counted without its victim’s address, and a back end not at all', async () => {
    openWorld();
    const limits = vi.spyOn(env.SOURCE_LIMITER, 'limit');
    await subscribe({ phone: '+12025550123', channels: ['email', 'sms'] });
    await send('/v1/subscribe', { ...form, writeKey: 'sk_backend' }, { origin: null });
    const keys = vi.mocked(env.ADDRESS_LIMITER.limit).mock.calls.map(([{ key }]) => key.replace(/[0-9a-f]{64}/, '…'));
    expect([limits.mock.calls, keys]).toEqual([[[{ key: 'web' }]], ['1.…', '1.…']]);
  });

  it('at work on a whole source is told to wait', async () => {
    const world = openWorld();
    vi.spyOn(env.SOURCE_LIMITER, 'limit').mockResolvedValue({ success: false });
    expect([summary(await subscribe()), await traces(world)]).toEqual([
      [429, 'rate_limited'],
      [0, 0],
    ]);
  });
});

describe('Turnstile', () => {
  it('where its secret is set lets in whom it takes for a person, and tells their sign-ups apart', async () => {
    const world = openWorld();
    const asked = openTurnstile(world);
    const secret = SECRET;
    const answers = [
      await subscribeUnder({ secret }),
      await subscribeUnder({ secret }, { turnstileToken: '' }),
      await subscribeUnder({ secret }, { turnstileToken: 'bad' }),
      await subscribeUnder({ secret }, { turnstileToken: 'good-1' }),
      // The answer was lost, and the page sends the same again.
      await subscribeUnder({ secret }, { turnstileToken: 'good-1' }),
      await subscribeUnder({ secret }, { turnstileToken: 'good-1', messageId: 's2' }),
      await subscribeUnder({}),
    ];
    const failed = [403, 'challenge_failed'];
    expect([answers, asked.map(({ response, secret }) => [response, secret]), await traces(world)]).toEqual([
      [failed, failed, failed, [202, 'accepted'], [202, 'accepted'], failed, [202, 'accepted']],
      ['bad', 'good-1', 'good-1', 'good-1'].map((token) => [token, SECRET]),
      [3, 1],
    ]);
  });

  it.each<[string, string, () => Promise<Response>]>([
    ['is away', SECRET, () => Promise.reject(new Error('no network'))],
    ['answers something else', SECRET, async () => new Response('<html>')],
    [
      'has trouble of its own',
      SECRET,
      async () => Response.json({ success: false, 'error-codes': ['internal-error'] }),
    ],
  ])('that %s lets nobody in, and says when to come again', async (_title, secret, answer) => {
    const world = openWorld();
    world.intercept(answer);
    const answered = await subscribeUnder({ secret }, { turnstileToken: 'good-1' });
    expect([answered, await traces(world)]).toEqual([
      [503, 'challenge_unavailable', '5'],
      [0, 0],
    ]);
  });

  it('that does not know our secret is our trouble: the log names it, without the secret or the token', async () => {
    const world = openWorld();
    openTurnstile(world);
    const answered = await subscribeUnder(
      { secret: 'another-secret-not-for-production' },
      { turnstileToken: 'good-1' },
    );
    const lines = world.output.filter((line) => line.includes('turnstile'));
    expect([
      answered,
      lines.length,
      lines.join().includes('invalid-input-secret'),
      /another-secret|good-1/.test(lines.join()),
    ]).toEqual([[503, 'challenge_unavailable', '5'], 1, true, false]);
  });
});

describe('an age gate', () => {
  const gated = {
    accounts: [
      {
        publicKey: 'EMULAT',
        keys: [{ key: 'pk_emulator_demo' }],
        ageGated: true,
        lists: [{ id: 'DEMO01', name: 'Newsletter' }],
      },
    ],
  };
  const config = { signUps: { minimumAge: 18 } };
  const sms = { email: undefined, phone: '+12025550123' };

  it('of SMS wants a date of birth that is long enough ago, and tells Klaviyo of it', async () => {
    const world = openWorld(gated);
    const answers = [
      await subscribeUnder({ config }, sms),
      await subscribeUnder({ config }, { ...sms, dateOfBirth: '2020-01-01' }),
      await subscribeUnder({ config }, { ...sms, dateOfBirth: 'yesterday' }),
      await subscribeUnder({ config }, { ...sms, dateOfBirth: '1990-12-31' }),
    ];
    await world.collect();
    await world.pass(20_000);
    const [profile] = world.klaviyo.state().profiles;
    expect([answers, profile?.phone_number, profile?.consent.sms.consent, await world.deadLetters()]).toEqual([
      [
        [403, 'age_refused'],
        [403, 'age_refused'],
        [400, 'body_malformed'],
        [202, 'accepted'],
      ],
      '+12025550123',
      'SUBSCRIBED',
      [],
    ]);
  });

  it('asks nobody who signs up by e-mail alone, and keeps no date of birth of theirs', async () => {
    const world = openWorld();
    const answer = await subscribeUnder({ config }, { dateOfBirth: '2020-01-01' });
    expect([answer, JSON.stringify(world.queue).includes('2020-01-01')]).toEqual([[202, 'accepted'], false]);
  });
});
