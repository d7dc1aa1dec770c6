import { describe, expect, it } from 'vitest';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { eventItem } from '../support/items.ts';
import { findBreaks, readTable } from '../support/ledger.ts';
import { identify, track } from '../support/messages.ts';
import { type PostOptions, send, sendBatch, summary } from '../support/post.ts';
import { eventsByProfile } from '../support/seen.ts';
import { openWorld, START_MS } from '../support/world.ts';

const no = { categoryPreferences: { marketing: false } };
const yes = { categoryPreferences: { marketing: true } };
let visitors = 0;

function choose(body: object, options: PostOptions = {}) {
  visitors += 1;
  const headers = { 'cf-connecting-ip': `198.51.100.${visitors % 250}`, ...options.headers };
  return send('/v1/consent', { writeKey: 'wk_demo', messageId: 'c1', ...body }, { ...options, headers });
}

const entries = async () =>
  (await readTable<EntryRow & { kind: string }>('ledger_entries')).map(
    ({ purpose, decision }) => `${purpose} ${decision}`,
  );

describe('a no to tracking', () => {
  it('stops what waits of the visitor, also under the address that they are known by', async () => {
    const world = openWorld();
    await sendBatch([
      identify('m1', { email: 'ada@example.com' }),
      track('m2'),
      track('m3', { anonymousId: 'anon-2' }),
    ]);
    await world.collect();
    await world.accept([eventItem('server', { who: { email: 'ada@example.com' } })]);
    const answer = await choose({ anonymousId: 'anon-1', consent: no });
    await world.pass(10_000);
    const kinds = (await readTable<{ kind: string }>('subjects')).map(({ kind }) => kind).sort();
    expect([answer.status, answer.json, eventsByProfile(world), kinds, await entries(), await findBreaks()]).toEqual([
      200,
      { status: 'denied', inFlight: [], requestId: expect.any(String) },
      { 'anon-2': ['Viewed Product m3'] },
      ['anonymous', 'email'],
      ['tracking denied', 'tracking denied'],
      [],
    ]);
  });

  it('stops what is frozen already and waits to be tried again', async () => {
    const world = openWorld();
    world.intercept(async () => new Response(null, { status: 503 }));
    await world.accept([eventItem('ada'), eventItem('grace')]);
    await world.pass(10_000);
    await choose({ email: 'ada@example.com', consent: no });
    world.intercept(world.klaviyo.fetch);
    await world.pass(3_600_000);
    expect([eventsByProfile(world), await world.tally()]).toEqual([
      { 'grace@example.com': ['Ping grace'] },
      { accepted: 2, waiting: 0, delivered: 1, refused: 1, dead: 0, duplicate: 0 },
    ]);
  });

  it('names what is on its way', async () => {
    const world = openWorld();
    let answer: Awaited<ReturnType<typeof choose>> | undefined;
    world.intercept(async (request) => {
      answer ??= await choose({ email: 'ada@example.com', consent: no });
      return world.klaviyo.fetch(request);
    });
    await world.accept([eventItem('ada'), eventItem('grace')]);
    await world.pass(10_000);
    expect([answer?.json.inFlight, Object.keys(eventsByProfile(world)).length]).toEqual([['ada#Ping'], 2]);
  });

  it("is the browser's too, whatever the banner was told", async () => {
    openWorld();
    const answer = await choose({ anonymousId: 'anon-1', consent: { ...yes, gpc: true } });
    expect(answer.json.status).toBe('denied');
  });

  it('ends with a later yes', async () => {
    const world = openWorld();
    await choose({ writeKey: 'sk_backend', userId: 'u-1', purposes: { tracking: 'denied' }, timestamp: at(-2) });
    await choose({ writeKey: 'sk_backend', userId: 'u-1', purposes: { tracking: 'granted' }, timestamp: at(-1) });
    await world.accept([eventItem('a', { who: { external_id: 'u-1' } })]);
    await world.pass(10_000);
    expect([await entries(), eventsByProfile(world)]).toEqual([
      ['tracking denied', 'tracking granted'],
      { 'u-1': ['Ping a'] },
    ]);
  });

  it('under a user id counts for events that go out under an address', async () => {
    const world = openWorld();
    await send('/v1/identify', {
      writeKey: 'sk_backend',
      messageId: 'i1',
      userId: 'u-1',
      traits: { email: 'ada@example.com' },
    });
    await world.collect();
    await world.pass(10_000);
    const { length } = world.klaviyo.requests();
    await choose({ writeKey: 'sk_backend', userId: 'u-1', purposes: { tracking: 'denied' } });
    await send('/v1/track', { writeKey: 'sk_backend', messageId: 'm1', userId: 'u-1', event: 'Ping' });
    await world.collect();
    await world.pass(10_000);
    expect([length > 0, eventsByProfile(world), await world.tally()]).toMatchObject([
      true,
      { 'ada@example.com': [] },
      { refused: 1 },
    ]);
  });
});

const at = (offsetMs: number) => new Date(START_MS + offsetMs).toISOString();

describe('a choice', () => {
  it.each([
    [
      'that leaves open what tracking needs',
      { anonymousId: 'a', consent: { categoryPreferences: {} } },
      [400, 'body_malformed'],
    ],
    ['of nobody', { consent: no }, [400, 'body_malformed']],
    ['of nothing', { anonymousId: 'a' }, [400, 'body_malformed']],
    ['of two minds', { anonymousId: 'a', consent: no, purposes: { tracking: 'granted' } }, [400, 'body_malformed']],
    ['with a misspelt key', { anonymousId: 'a', consent: no, mail: 'x' }, [400, 'body_malformed']],
    ['of a user whom a page names', { userId: 'u-1', consent: no }, [403, 'field_untrusted']],
    ['under an address that is none', { email: 'ada@', consent: no }, [400, 'email_invalid']],
    ['with a key that may not', { writeKey: 'sk_sender', anonymousId: 'a', consent: no }, [403, 'key_scope']],
  ])('%s is refused, and leaves no trace', async (_title, body, expected) => {
    openWorld();
    expect([summary(await choose(body)), await readTable('ledger_entries')]).toEqual([expected, []]);
  });

  it('is written once, with what was answered', async () => {
    openWorld();
    for (let n = 0; n < 2; n++) await choose({ anonymousId: 'anon-1', consent: yes, evidence: { formVersion: '3' } });
    const evidence = await readTable<{ evidence: string }>('ledger_evidence');
    expect([await entries(), evidence.map((row) => JSON.parse(row.evidence))]).toMatchObject([
      ['tracking granted'],
      [{ formVersion: '3', consent: yes, ip: expect.stringMatching(/^198\.51\.100\.0$/) }],
    ]);
  });
});
