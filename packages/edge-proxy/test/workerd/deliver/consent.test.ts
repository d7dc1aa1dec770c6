import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { decide } from '../support/decide.ts';
import { eventItem, subscribeItem } from '../support/items.ts';
import { identify, order, track } from '../support/messages.ts';
import { sendBatch, sendServerBatch } from '../support/post.ts';
import { calls, eventsByProfile } from '../support/seen.ts';
import { openWorld, START_MS } from '../support/world.ts';

describe('Nothing leaves without consent', () => {
  it('what waits when its person opts out is refused, not sent', async () => {
    const world = openWorld();
    await sendBatch([
      identify('m1', { email: 'ada@example.com' }),
      track('m2'),
      track('m3', { anonymousId: 'anon-2' }),
    ]);
    await world.collect();
    await decide({ email: 'ada@example.com' }, 'denied');
    await world.pass(10_000);
    expect([eventsByProfile(world), await world.tally()]).toEqual([
      { 'anon-2': ['Viewed Product m3'] },
      { accepted: 3, waiting: 0, delivered: 1, refused: 2, dead: 0, duplicate: 0 },
    ]);
  });

  it.each([
    ['the anonymous id', { anonymous_id: 'anon-1' }],
    ['the address that the visitor became known by', { email: 'ada@example.com' }],
  ])('a denial under %s counts for the person', async (_title, who) => {
    const world = openWorld();
    await decide(who, 'denied');
    await sendBatch([identify('m1', { email: 'ada@example.com' }), track('m2')]);
    await world.collect();
    await world.pass(10_000);
    expect(world.klaviyo.state().events).toEqual([]);
  });

  it('a later yes opens again; an earlier one that comes late does not', async () => {
    const world = openWorld();
    for (const name of ['late', 'again']) await decide({ email: `${name}@example.com` }, 'denied');
    await decide({ email: 'late@example.com' }, 'granted', { decidedAtMs: START_MS - 1 });
    await decide({ email: 'again@example.com' }, 'granted', { decidedAtMs: START_MS + 1 });
    await world.accept([eventItem('late'), eventItem('again')]);
    await world.pass(10_000);
    expect(Object.keys(eventsByProfile(world))).toEqual(['again@example.com']);
  });

  it('of two decisions at one moment the denial stands, in either order', async () => {
    const world = openWorld();
    for (const decision of ['denied', 'granted'] as const) await decide({ email: 'a@example.com' }, decision);
    for (const decision of ['granted', 'denied'] as const) await decide({ email: 'b@example.com' }, decision);
    await world.accept([eventItem('a'), eventItem('b')]);
    await world.pass(10_000);
    expect(eventsByProfile(world)).toEqual({});
  });

  it('a sign-up goes that is later than the opt-out, of the list or of everything; an older one does not', async () => {
    const world = openWorld();
    const signUp = (id: string, decidedAtMs: number) => subscribeItem(id, { decidedAtMs });
    for (const name of ['later', 'older'])
      await decide({ email: `${name}@example.com` }, 'denied', { purpose: 'email' });
    await decide({ email: 'other@example.com' }, 'denied', { purpose: 'email', list: 'OTHER1' });
    await world.accept([signUp('later', START_MS + 1), signUp('older', START_MS), signUp('other', START_MS)]);
    await world.pass(10_000);
    const { profiles, lists } = world.klaviyo.state();
    const members = lists.flatMap((list) =>
      list.members.map(({ profile }) => profiles.find(({ id }) => id === profile)?.email),
    );
    expect(members.sort()).toEqual(['later@example.com', 'other@example.com']);
  });

  it("a denial of tracking does not hold back a server's order, and one of e-mail no tracking", async () => {
    const world = openWorld();
    await decide({ external_id: 'u-1' }, 'denied');
    await decide({ email: 'm@example.com' }, 'denied', { purpose: 'email' });
    await sendServerBatch([
      order('o', '1001', { anonymousId: null, userId: 'u-1' }),
      track('v', { anonymousId: null, userId: 'u-1' }),
    ]);
    await world.collect();
    await world.accept([eventItem('m')]);
    await world.pass(10_000);
    expect(eventsByProfile(world)).toEqual({
      'u-1': ['Ordered Product 1001:A', 'Placed Order 1001'],
      'm@example.com': ['Ping m'],
    });
  });

  it('a database that cannot be asked holds everything back rather than let it go', async () => {
    const world = openWorld();
    await world.accept([eventItem('a')]);
    await env.DB.prepare('ALTER TABLE consent_state RENAME TO gone').run();
    await world.pass(60_000);
    const during = calls(world);
    await env.DB.prepare('ALTER TABLE gone RENAME TO consent_state').run();
    await world.pass(60_000);
    expect([during, calls(world)]).toEqual([[], ['bulk_create_events 202']]);
  });
});
