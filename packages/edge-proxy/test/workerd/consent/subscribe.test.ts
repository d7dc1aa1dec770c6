import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import worker from '../../../src/index.ts';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { type Evidence, findBreaks, readTable } from '../support/ledger.ts';
import { type PostOptions, send, summary } from '../support/post.ts';
import { calls, eventsByProfile } from '../support/seen.ts';
import { openWorld, START_MS } from '../support/world.ts';

const form = {
  writeKey: 'wk_demo',
  messageId: 's1',
  email: 'Ada@Example.com ',
  evidence: { page: '/', formText: 'Yes, mail me.', formVersion: '3' },
};
let visitors = 0;

/** A sign-up from a visitor of its own, so that the limit on each is not in the way. */
function subscribe(change: object = {}, options: PostOptions = {}) {
  visitors += 1;
  const ip = `203.0.${Math.floor(visitors / 250)}.${visitors % 250}`;
  return send(
    '/v1/subscribe',
    { ...form, ...change },
    { ...options, headers: { 'cf-connecting-ip': ip, 'user-agent': 'Test/1.0', ...options.headers } },
  );
}

describe('a subscription', () => {
  it('ends on the list in Klaviyo, subscribed', async () => {
    const world = openWorld();
    const answer = await subscribe({ profile: { firstName: 'Ada' } });
    await world.collect();
    await world.pass(20_000);
    const [profile] = world.klaviyo.state().profiles;
    expect([
      answer.status,
      answer.json.status,
      profile?.email,
      profile?.consent.email.consent,
      profile?.lists,
      profile?.attributes,
    ]).toEqual([202, 'accepted', 'ada@example.com', 'SUBSCRIBED', ['DEMO01'], { first_name: 'Ada' }]);
    expect(await world.tally()).toMatchObject({ accepted: 2, delivered: 2 });
  });

  it('that is taken back while it waits tells Klaviyo nothing of the person, also where it comes again late', async () => {
    const world = openWorld();
    const yes = { messageId: 's9', profile: { firstName: 'Ada' } };
    await subscribe(yes, {});
    vi.setSystemTime(START_MS + 60_000);
    await send('/v1/unsubscribe', { writeKey: 'wk_demo', email: form.email });
    vi.setSystemTime(START_MS + 120_000);
    await subscribe({ ...yes, writeKey: 'sk_backend' }, { origin: null });
    await world.collect();
    await world.pass(20_000);
    const isTold = JSON.stringify(world.klaviyo.requests()).includes('first_name');
    expect([isTold, await world.tally()]).toMatchObject([false, { delivered: 1, refused: 4 }]);
  });

  it('stands in the ledger, with what the person saw and where from, before it is answered', async () => {
    openWorld();
    await subscribe({}, { headers: { 'cf-connecting-ip': '198.51.100.77' } });
    const [entry] = await readTable<EntryRow>('ledger_entries');
    const [evidence] = await readTable<Evidence>('ledger_evidence');
    const states = await readTable<Record<string, unknown>>('consent_state');
    const [subject] = await readTable<Record<string, unknown>>('subjects');
    expect([entry, JSON.parse(evidence?.evidence ?? ''), states, subject, await findBreaks()]).toEqual([
      expect.objectContaining({
        seq: 1,
        purpose: 'email',
        decision: 'granted',
        list: 'DEMO01',
        decided_at: START_MS,
        received_at: START_MS,
        source: 'web',
        message_id: 's1',
        prev: '',
      }),
      { ...form.evidence, ip: '198.51.100.0', userAgent: 'Test/1.0' },
      [
        {
          subject: entry?.subject,
          purpose: 'email',
          list: 'DEMO01',
          decision: 'granted',
          decided_at: START_MS,
          seq: 1,
        },
      ],
      { subject: entry?.subject, account: 'main', kind: 'email', key_version: '1', created_at: START_MS },
      [],
    ]);
  });

  it('keeps no address in the ledger, only its HMAC', async () => {
    openWorld();
    await subscribe({ phone: '+12025550123', channels: ['email', 'sms'] });
    const rows = JSON.stringify([
      await readTable('ledger_entries'),
      await readTable('subjects'),
      await readTable('consent_state'),
    ]);
    expect(['@', 'example.com', '2025550123'].filter((text) => rows.toLowerCase().includes(text))).toEqual([]);
  });

  it('that is sent again under its id is written once', async () => {
    const world = openWorld();
    const answers = [
      await subscribe(),
      await subscribe(),
      ...(await Promise.all([subscribe(), subscribe(), subscribe()])),
    ];
    await world.collect();
    await world.pass(20_000);
    expect([answers.map(({ status }) => status), (await readTable('ledger_entries')).length, calls(world)]).toEqual([
      [202, 202, 202, 202, 202],
      1,
      ['bulk_subscribe_profiles 202'],
    ]);
  });

  it('by e-mail and SMS is two entries, each under its own address', async () => {
    const world = openWorld();
    await subscribe({ phone: '+1 (202) 555-0123', channels: ['sms', 'email', 'sms'] });
    await world.collect();
    await world.pass(20_000);
    const entries = await readTable<EntryRow>('ledger_entries');
    const consent = world.klaviyo.state().profiles[0]?.consent;
    expect([
      new Set(entries.map(({ purpose }) => purpose)),
      new Set(entries.map(({ subject }) => subject)).size,
      consent?.email.consent,
      consent?.sms.consent,
      await findBreaks(),
    ]).toEqual([new Set(['email', 'sms']), 2, 'SUBSCRIBED', 'SUBSCRIBED', []]);
  });

  it('to a double opt-in list waits for the click', async () => {
    const lists = [{ id: 'DEMO01', name: 'Newsletter', optIn: 'double_opt_in' as const }];
    const world = openWorld({ accounts: [{ publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }], lists }] });
    await subscribe();
    await world.collect();
    await world.pass(20_000);
    const before = world.klaviyo.state().profiles[0]?.consent.email.consent;
    world.klaviyo.confirmOptIn({ email: 'ada@example.com' });
    expect([before, world.klaviyo.state().profiles[0]?.consent.email.consent]).toEqual([
      'NEVER_SUBSCRIBED',
      'SUBSCRIBED',
    ]);
  });

  it('joins its visitor to the address, and takes their earlier events along', async () => {
    const world = openWorld();
    await send('/v1/track', {
      writeKey: 'wk_demo',
      event: 'Ping',
      messageId: 'm1',
      anonymousId: 'anon-9',
      context: { consent: { categoryPreferences: { marketing: true } } },
    });
    await subscribe({ anonymousId: 'anon-9', context: { consent: { categoryPreferences: { marketing: true } } } });
    await world.collect();
    await world.pass(20_000);
    expect(eventsByProfile(world)).toEqual({ 'ada@example.com': ['Ping m1'] });
  });

  it.each([
    ['refused', { categoryPreferences: { marketing: false } }],
    ['said nothing of', null],
  ])('links nobody to what they did before when they %s tracking', async (_title, consent) => {
    const world = openWorld();
    await subscribe({ anonymousId: 'anon-8', context: { consent } });
    await world.collect();
    expect(await readTable('identities')).toEqual([]);
  });

  it('sets no trait that the configuration keeps from pages', async () => {
    const world = openWorld();
    await subscribe({ profile: { firstName: 'Ada', company: 'Engines', title: 'Countess' } });
    await world.collect();
    await world.pass(20_000);
    expect(world.klaviyo.state().profiles[0]?.attributes).toEqual({ first_name: 'Ada' });
  });

  it.each([
    ['without an address', { email: undefined }, [400, 'email_invalid']],
    ['with an empty address', { email: '' }, [400, 'email_invalid']],
    ['with a misspelt key, which would mean another list', { list: 'OTHER1' }, [400, 'body_malformed']],
    ['with an address that is none', { email: 'ada@' }, [400, 'email_invalid']],
    ['by SMS without a number', { channels: ['sms'] }, [400, 'phone_invalid']],
    ['with a number that is none', { phone: '12' }, [400, 'phone_invalid']],
    [
      'by e-mail with a number alone',
      { email: undefined, phone: '+12025550123', channels: ['email'] },
      [400, 'email_invalid'],
    ],
    ["to a list that is not the source's", { lists: ['OTHER1'] }, [404, 'list_not_found']],
    ["to a list that is not the source's beside one that is", { lists: ['DEMO01', 'OTHER1'] }, [404, 'list_not_found']],
    ['by a channel that is none', { channels: ['fax'] }, [400, 'body_malformed']],
    ['with evidence of the wrong shape', { evidence: { page: 1 } }, [400, 'body_malformed']],
    ['without a key', { writeKey: undefined }, [401, 'key_missing']],
    ['with a key that may not', { writeKey: 'sk_reader' }, [403, 'key_scope']],
  ])('%s is refused, and leaves no trace', async (_title, change, expected) => {
    const world = openWorld();
    expect([summary(await subscribe(change)), await readTable('ledger_entries'), world.queue]).toEqual([
      expected,
      [],
      [],
    ]);
  });

  it('by phone alone is one by SMS', async () => {
    openWorld();
    const answer = await subscribe({ email: undefined, phone: '+12025550123' });
    expect([answer.status, (await readTable<EntryRow>('ledger_entries')).map(({ purpose }) => purpose)]).toEqual([
      202,
      ['sms'],
    ]);
  });

  it('where no list is set is refused, and says so', async () => {
    openWorld();
    const config = JSON.parse(env.SLUICE_CONFIG);
    config.accounts.main.defaultList = null;
    const answer = await sendUnder(config, { ...form });
    expect(answer).toEqual([404, 'list_not_found']);
  });

  it("keeps a back end's earlier time of decision, never a later one, and never a page's", async () => {
    openWorld();
    const at = (offsetMs: number) => new Date(START_MS + offsetMs).toISOString();
    const server = { writeKey: 'sk_backend' };
    await subscribe({ ...server, email: 'a@example.com', timestamp: at(-60_000) });
    await subscribe({ ...server, email: 'b@example.com', timestamp: at(60_000), messageId: 's2' });
    await subscribe({ email: 'c@example.com', timestamp: at(-60_000), messageId: 's3' });
    const entries = await readTable<EntryRow>('ledger_entries');
    expect(entries.map(({ decided_at, message_id }) => [message_id, decided_at - START_MS]).sort()).toEqual([
      ['s1', -60_000],
      ['s2', 0],
      ['s3', 0],
    ]);
  });

  it('that comes too often from one visitor is told to wait', async () => {
    openWorld();
    const from = (ip: string) => {
      const messageId = crypto.randomUUID();
      const body = { ...form, messageId, email: `${messageId}@example.com` };
      return send('/v1/subscribe', body, { headers: { 'cf-connecting-ip': ip } });
    };
    const statuses = [];
    for (let n = 0; n < 25; n++) statuses.push((await from('192.0.2.1')).status);
    const last = await from('192.0.2.1');
    expect([
      new Set(statuses),
      summary(last),
      last.headers.get('retry-after'),
      (await from('192.0.2.2')).status,
    ]).toEqual([new Set([202, 429]), [429, 'rate_limited'], '60', 202]);
  });
});

describe('Nothing acknowledged is lost', () => {
  it('when the ledger fails: 503, when to come again, and nothing on its way', async () => {
    const world = openWorld();
    vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1 is away'));
    const answer = await subscribe();
    expect([summary(answer), answer.headers.get('retry-after'), world.queue]).toEqual([
      [503, 'storage_unavailable'],
      '5',
      [],
    ]);
  });

  it('when the queue fails after the ledger: 503, and the repeat writes no second entry', async () => {
    const world = openWorld();
    vi.mocked(env.INGEST.send).mockRejectedValueOnce(new Error('queue is away'));
    const answers = [await subscribe(), await subscribe()];
    expect([
      answers.map(({ status }) => status),
      (await readTable('ledger_entries')).length,
      world.queue.length,
    ]).toEqual([[503, 202], 1, 1]);
  });
});

/** A sign-up at a proxy of another configuration. */
async function sendUnder(config: unknown, body: unknown) {
  const headers = { origin: 'https://shop.example', 'cf-connecting-ip': '192.0.2.3' };
  const request = new Request('https://edge.example/v1/subscribe', {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const bindings = { ...env, SLUICE_CONFIG: JSON.stringify(config) };
  const response = await worker.fetch?.(
    request as Request<unknown, IncomingRequestCfProperties>,
    bindings,
    createExecutionContext(),
  );
  const answer = (await response?.json()) as { error?: { code: string } };
  return [response?.status, answer.error?.code];
}
