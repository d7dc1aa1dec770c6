import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { Dispatcher } from '../../../src/index.ts';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { subscribeItem } from '../support/items.ts';
import { findBreaks, readTable } from '../support/ledger.ts';
import { type PostOptions, send, summary } from '../support/post.ts';
import { calls } from '../support/seen.ts';
import { openWorld, START_MS } from '../support/world.ts';

const ada = { writeKey: 'wk_demo', messageId: 'u1', email: 'Ada@Example.com ' };
let visitors = 0;

/** An opt-out from a visitor of its own, so that the limit on each is not in the way. */
function unsubscribe(change: object = {}, options: PostOptions = {}) {
  visitors += 1;
  const ip = `203.0.113.${visitors % 250}`;
  return send(
    '/v1/unsubscribe',
    { ...ada, ...change },
    { ...options, headers: { 'cf-connecting-ip': ip, 'user-agent': 'Test/1.0', ...options.headers } },
  );
}

const decisions = async () =>
  (await readTable<EntryRow>('ledger_entries')).map(({ purpose, decision, list }) => `${purpose} ${decision} ${list}`);

describe('an opt-out', () => {
  it('of everything is in the ledger before it is answered, and reaches Klaviyo past the queue', async () => {
    const world = openWorld();
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    // As the browser SDK sends it, with who and what it sends everywhere.
    const context = { consent: { categoryPreferences: { marketing: true } } };
    const answer = await unsubscribe({ evidence: { page: '/account' }, anonymousId: 'anon-1', context });
    const { queue } = world;
    await world.pass(10_000);
    const [profile] = world.klaviyo.state().profiles;
    expect([
      answer.status,
      answer.json,
      queue,
      await decisions(),
      profile?.consent.email.consent,
      profile?.lists,
      await findBreaks(),
    ]).toEqual([
      202,
      { status: 'accepted', inFlight: [], requestId: expect.any(String) },
      [],
      ['email denied '],
      'UNSUBSCRIBED',
      ['DEMO01'],
      [],
    ]);
  });

  it('of one list that comes again after a newer yes does not take them off it again', async () => {
    const world = openWorld();
    const pass = async () => {
      await world.collect();
      await world.pass(60_000);
      return world.klaviyo.state().profiles[0]?.lists;
    };
    const backend = { writeKey: 'sk_backend', email: 'ada@example.com' };
    const leave = { ...backend, messageId: 'u1', lists: ['DEMO01'] };
    await send('/v1/subscribe', backend, { origin: null });
    await pass();
    await unsubscribe(leave, { origin: null });
    const off = await pass();
    await send('/v1/subscribe', backend, { origin: null });
    await pass();
    await unsubscribe(leave, { origin: null });
    expect([off, await pass(), await world.tally()]).toMatchObject([[], ['DEMO01'], { delivered: 3, refused: 1 }]);
  });

  it('of one list takes the person off it, and leaves the rest of their consent alone', async () => {
    const world = openWorld();
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    await unsubscribe({ lists: ['DEMO01'] });
    await world.pass(10_000);
    const [profile] = world.klaviyo.state().profiles;
    expect([await decisions(), profile?.lists, profile?.consent.email.consent, calls(world)]).toEqual([
      ['email denied DEMO01'],
      [],
      'SUBSCRIBED',
      ['bulk_subscribe_profiles 202', 'get_profiles 200', 'remove_profiles_from_list 204'],
    ]);
  });

  it('with removeFromLists does both', async () => {
    const world = openWorld();
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    await unsubscribe({ removeFromLists: true });
    await world.pass(10_000);
    const [profile] = world.klaviyo.state().profiles;
    expect([profile?.consent.email.consent, profile?.lists]).toEqual(['UNSUBSCRIBED', []]);
  });

  it('by e-mail and phone is one of each channel, and of one channel alone where it says so', async () => {
    const world = openWorld();
    await unsubscribe({ phone: '+12025550123' });
    await unsubscribe({ messageId: 'u2', email: 'grace@example.com', phone: '+12025550199', channels: ['sms'] });
    await world.pass(10_000);
    const { profiles } = world.klaviyo.state();
    const consent = profiles.map((profile) => [
      profile.email ?? profile.phone_number,
      profile.consent.email.consent,
      profile.consent.sms.consent,
    ]);
    expect([(await decisions()).sort(), consent.sort()]).toEqual([
      ['email denied ', 'sms denied ', 'sms denied '],
      [
        ['+12025550123', 'NEVER_SUBSCRIBED', 'UNSUBSCRIBED'],
        ['+12025550199', 'NEVER_SUBSCRIBED', 'UNSUBSCRIBED'],
        ['ada@example.com', 'UNSUBSCRIBED', 'NEVER_SUBSCRIBED'],
      ],
    ]);
  });

  it('stops a sign-up that waits to be tried again', async () => {
    const world = openWorld();
    world.intercept(async () => new Response(null, { status: 503 }));
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    await unsubscribe();
    world.intercept(world.klaviyo.fetch);
    await world.pass(3_600_000);
    const [profile] = world.klaviyo.state().profiles;
    expect([profile?.consent.email.consent, calls(world), await world.tally()]).toMatchObject([
      'UNSUBSCRIBED',
      ['bulk_unsubscribe_profiles 202'],
      { accepted: 2, delivered: 1, refused: 1 },
    ]);
  });

  it('that is sent again under its id is written once', async () => {
    openWorld();
    const answers = [await unsubscribe(), await unsubscribe(), await unsubscribe()];
    expect([answers.map(({ status }) => status), await decisions()]).toEqual([[202, 202, 202], ['email denied ']]);
  });

  it("keeps a back end's earlier time, and no page's", async () => {
    openWorld();
    const timestamp = new Date(START_MS - 60_000).toISOString();
    await unsubscribe({ timestamp });
    await unsubscribe({ messageId: 'u2', email: 'b@example.com', writeKey: 'sk_backend', timestamp });
    const entries = await readTable<EntryRow>('ledger_entries');
    expect(entries.map(({ source, decided_at }) => [source, decided_at - START_MS]).sort()).toEqual([
      ['backend', -60_000],
      ['web', 0],
    ]);
  });

  it.each([
    ['without an address', { email: undefined }, [400, 'email_invalid']],
    ['with an address that is none', { email: 'ada@' }, [400, 'email_invalid']],
    ['with a number that is none', { phone: '12' }, [400, 'phone_invalid']],
    ['of SMS without a number', { channels: ['sms'] }, [400, 'phone_invalid']],
    [
      'of e-mail with a number alone',
      { email: null, phone: '+12025550123', channels: ['email'] },
      [400, 'email_invalid'],
    ],
    ['with a misspelt key, which would mean everything', { list: 'DEMO01' }, [400, 'body_malformed']],
    ["of a list that is not the source's", { lists: ['OTHER1'] }, [404, 'list_not_found']],
    ['without a key', { writeKey: undefined }, [401, 'key_missing']],
    ['with a key that may not', { writeKey: 'sk_sender' }, [403, 'key_scope']],
  ])('%s is refused, and leaves no trace', async (_title, change, expected) => {
    openWorld();
    expect([summary(await unsubscribe(change)), await readTable('ledger_entries')]).toEqual([expected, []]);
  });

  it('that comes too often from one visitor is told to wait', async () => {
    openWorld();
    const headers = { 'cf-connecting-ip': '192.0.2.1' };
    const statuses = [];
    for (let n = 0; n < 25; n++) statuses.push((await unsubscribe({ messageId: `u${n}` }, { headers })).status);
    const other = await unsubscribe({}, { headers: { 'cf-connecting-ip': '192.0.2.2' } });
    expect([new Set(statuses), statuses.at(-1), other.status]).toEqual([new Set([202, 429]), 429, 202]);
  });
});

describe('Nothing acknowledged is lost', () => {
  it('when the ledger fails: 503, and when to come again', async () => {
    openWorld();
    vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1 is away'));
    const answer = await unsubscribe();
    expect([summary(answer), answer.headers.get('retry-after')]).toEqual([[503, 'storage_unavailable'], '5']);
  });

  it('when the block fails after the ledger: 503, and the repeat blocks all the same', async () => {
    const world = openWorld();
    world.intercept(async () => new Response(null, { status: 503 }));
    await world.accept([subscribeItem('ada')]);
    await world.pass(10_000);
    vi.spyOn(Dispatcher.prototype, 'block').mockImplementationOnce(() => {
      throw new Error('the Dispatcher is away');
    });
    const answers = [await unsubscribe(), await unsubscribe()];
    world.intercept(world.klaviyo.fetch);
    await world.pass(3_600_000);
    expect([answers.map(({ status }) => status), await decisions(), calls(world)]).toEqual([
      [503, 202],
      ['email denied '],
      ['bulk_unsubscribe_profiles 202'],
    ]);
  });

  it('past every high-water mark', async () => {
    const world = openWorld();
    vi.spyOn(Dispatcher.prototype, 'store');
    await unsubscribe({ lists: ['DEMO01'] });
    const stored = vi.mocked(Dispatcher.prototype.store).mock.calls.map(([, , options]) => options);
    expect([stored, (await world.tally()).accepted]).toEqual([[{ isOptOut: true }], 1]);
  });
});
