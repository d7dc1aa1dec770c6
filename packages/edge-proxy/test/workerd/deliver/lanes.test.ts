import { describe, expect, it } from 'vitest';
import { eraseItem, memberItem, singleItem, unsubscribeItem } from '../../unit/deliver/support/items.ts';
import { decide } from '../support/decide.ts';
import { eventItem, profileItem, subscribeItem } from '../support/items.ts';
import { calls } from '../support/seen.ts';
import { openWorld, START_MS, type World } from '../support/world.ts';

const at = { receivedAtMs: START_MS };
const who = (name: string) => ({ email: `${name}@example.com` });

const members = ({ klaviyo }: World) => {
  const { lists, profiles } = klaviyo.state();
  const ids = lists.flatMap((list) => list.members.map(({ profile }) => profile));
  return profiles.flatMap(({ id, email }) => (ids.includes(id) ? [email] : [])).sort();
};

describe('every lane', () => {
  it('reaches Klaviyo, opt-outs first, also where a new life goes on with each step', async () => {
    const world = openWorld({ jobStepMs: 1000 });
    await world.accept([
      memberItem('m', { ...at, who: who('member') }),
      memberItem('r', { ...at, who: who('nobody'), action: 'remove' }),
      eventItem('event'),
      profileItem('imported'),
      singleItem('Single', { ...at, who: who('single') }),
      subscribeItem('signed-up'),
      eraseItem('e', { ...at, who: who('erased') }),
      unsubscribeItem('u', { ...at, who: who('gone') }),
    ]);
    await world.passWithRestarts(60_000);
    const made = calls(world);
    const isConsent = (call: string) => /subscribe|deletion/.test(call);
    expect([
      made.filter(isConsent),
      made.filter((call) => !isConsent(call) && !call.startsWith('get_')).sort(),
      members(world),
      await world.tally(),
    ]).toEqual([
      ['bulk_unsubscribe_profiles 202', 'request_profile_deletion 202', 'bulk_subscribe_profiles 202'],
      [
        'bulk_create_events 202',
        'bulk_import_profiles 202',
        'bulk_import_profiles 202',
        'create_or_update_profile 201',
      ],
      ['member@example.com', 'signed-up@example.com'],
      { accepted: 8, waiting: 0, delivered: 8, refused: 0, dead: 0, duplicate: 0 },
    ]);
  });

  it('that withdraws something goes although its person denies tracking; one that adds does not', async () => {
    const world = openWorld();
    for (const name of ['out', 'erased', 'off', 'on', 'patched']) await decide(who(name), 'denied');
    await world.accept([
      unsubscribeItem('1', { ...at, who: who('out') }),
      eraseItem('2', { ...at, who: who('erased') }),
      memberItem('3', { ...at, who: who('off'), action: 'remove' }),
      memberItem('4', { ...at, who: who('on') }),
      singleItem('5', { ...at, who: who('patched') }),
    ]);
    await world.pass(60_000);
    expect([calls(world).sort(), await world.tally()]).toEqual([
      ['bulk_unsubscribe_profiles 202', 'get_profiles 200', 'request_profile_deletion 202'],
      { accepted: 5, waiting: 0, delivered: 3, refused: 2, dead: 0, duplicate: 0 },
    ]);
  });
});
