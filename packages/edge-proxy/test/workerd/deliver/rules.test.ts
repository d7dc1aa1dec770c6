import { describe, expect, it } from 'vitest';
import { decide } from '../support/decide.ts';
import { identify, no, order, track, yes } from '../support/messages.ts';
import { sendBatch, sendServerBatch } from '../support/post.ts';
import { eventsByProfile } from '../support/seen.ts';
import { openWorld, type World } from '../support/world.ts';

const warranty = (messageId: string, years: number, change: object = {}) =>
  track(messageId, { event: 'Warranty Registered', properties: { years }, ...change });
const known = (email: string) => ({ context: { ...yes, traits: { email } } });

/** Who is on the list, by address. */
function membersOf({ klaviyo }: World): (string | null | undefined)[] {
  const { lists, profiles } = klaviyo.state();
  const emailOf = new Map(profiles.map(({ id, email }) => [id, email]));
  return lists.flatMap(({ members }) => members.map(({ profile }) => emailOf.get(profile))).sort();
}

describe('a rule', () => {
  it('puts on its list whoever meets its conditions, also who becomes known after the event', async () => {
    const world = openWorld();
    await sendBatch([
      warranty('m1', 3, known('three@example.org')),
      warranty('m2', 1, known('one@example.org')),
      warranty('m3', 2, { anonymousId: 'anon-9' }),
      identify('m4', { email: 'late@example.org' }, { anonymousId: 'anon-9' }),
    ]);
    await world.collect();
    await world.pass(60_000);
    expect(membersOf(world)).toEqual(['late@example.org', 'three@example.org']);
  });

  it('counts a redelivered message once', async () => {
    const world = openWorld();
    await sendBatch([warranty('m1', 3, known('ada@example.org'))]);
    const queued = [...world.queue];
    await world.collect();
    await world.collect(queued);
    await world.pass(60_000);
    expect([membersOf(world), await world.tally()]).toEqual([
      ['ada@example.org'],
      { accepted: 4, waiting: 0, delivered: 2, refused: 0, dead: 0, duplicate: 2 },
    ]);
  });

  it('adds nobody who refused: in the ledger, in the message, or by being nobody that Klaviyo could know', async () => {
    const world = openWorld();
    await decide({ email: 'denied@example.org' }, 'denied');
    await sendServerBatch([
      warranty('m1', 3, known('denied@example.org')),
      order('m2', '1', { event: 'Order Refunded', ...known('denied@example.org') }),
      order('m3', '2', { event: 'Order Refunded', context: { ...no, traits: { email: 'refuses@example.org' } } }),
      warranty('m4', 3, { anonymousId: 'anon-2' }),
    ]);
    await world.collect();
    await world.pass(60_000);
    expect([membersOf(world), eventsByProfile(world), await world.tally()]).toEqual([
      [],
      {
        'denied@example.org': ['Refunded Order 1'],
        'refuses@example.org': ['Refunded Order 2'],
        'anon-2': ['Warranty Registered m4'],
      },
      // Of m1 both, of m2 the place, of m4 the place: an anonymous visitor has no profile that could be imported.
      { accepted: 7, waiting: 0, delivered: 3, refused: 4, dead: 0, duplicate: 0 },
    ]);
  });
});
