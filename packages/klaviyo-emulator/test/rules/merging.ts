import { bySms, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { ADA, inShop, PHONE, type Shop } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const MERGE = 'state/mergeProfiles.ts';
const ROUTE = 'routes/profiles/mergeProfilesRoute.ts';

export const MERGE_RULES: Rule[] = [
  {
    rule: 'a merge on request answers at once and happens after the delay',
    scene: inShop(
      async ({ person, merge, people, later }) => {
        const { status } = await merge(await person({ email: ADA }), await person({ external_id: 'c1' }));
        const before = people().length;
        later(500);
        return [status, before, ...people()];
      },
      { visibilityDelayMs: 500 },
    ),
    seen: [201, 2, `${ADA}|-|c1|-: `],
    off: without(ROUTE, 'const dueMs = visibleAt(world, nowMs);', 'const dueMs = nowMs;'),
  },
  {
    rule: 'a merge moves the events of its source, and an event of both counts once',
    scene: inShop(async ({ event, merge, people, emulator }) => {
      for (const profile of [{ email: ADA }, { external_id: 'c1' }]) await event({ unique_id: 'both', profile });
      await event({ unique_id: 'moved', profile: { external_id: 'c1' } });
      const [into, source] = emulator.state().profiles.map(({ id }) => id);
      await merge(into ?? '', source ?? '');
      return people();
    }),
    seen: [`${ADA}|-|c1|-: both,moved`],
    off: without(MERGE, 'moveEvents(account, into, source);'),
  },
  {
    rule: 'a merge moves the memberships of its source, and the time of joining with them',
    scene: mergeScene(
      async ({ join, later }, source) => {
        await join('SINGLE', source);
        later(5000);
      },
      ({ emulator }, into) => {
        const [list] = emulator.state().lists;
        return list?.members.map(({ profile, joined }) => [profile === into, joined.slice(11, 19)]);
      },
    ),
    seen: [[true, '09:00:00']],
    off: without(MERGE, 'list.members.set(into.id, joinedMs)', 'void 0'),
  },
  {
    rule: 'the source of a merge is gone',
    scene: mergeScene(
      async () => {},
      async ({ read }, _into, source) => errorsOf(await read(`${PATHS.profiles}/${source}`)),
    ),
    seen: ['404 not_found /data/'],
    off: without(MERGE, 'account.profiles.delete(profile.id);'),
  },
  {
    rule: 'a merge keeps the properties of both; where both have one, that of the destination',
    scene: mergeScene(
      async ({ update }, source, into) => {
        await update(into, { properties: { a: 'into', b: 'into' } });
        await update(source, { properties: { b: 'source', c: 'source' } });
      },
      ({ find }) => find(ADA)?.properties,
    ),
    seen: { a: 'into', b: 'into', c: 'source' },
    off: without(MERGE, 'into.properties = { ...source.properties, ...into.properties };'),
  },
  {
    rule: 'a merge brings the consent of a channel that the destination never decided',
    scene: mergeScene(
      async ({ update, subscribe }, source, into) => {
        await subscribe();
        await update(source, { phone_number: PHONE });
        await subscribe(undefined, bySms(PHONE, 'SUBSCRIBED'));
        return into;
      },
      ({ consent }) => consent(),
    ),
    seen: 'email SUBSCRIBED, sms SUBSCRIBED',
    off: without(MERGE, 'into.channels[channel].updatedMs === null', 'false'),
  },
  {
    rule: 'a merge with a profile that does not exist is refused',
    scene: inShop(async ({ person, merge }) => errorsOf(await merge(await person({ email: ADA }), 'nobody'))),
    seen: ['404 not_found /data/'],
    off: without(ROUTE, 'if (!account.profiles.has(source)) return noProfile(source);'),
  },
];

/** Two profiles, by e-mail and by external id, of which the second is merged into the first. */
function mergeScene(
  before: (shop: Shop, source: string, into: string) => Promise<unknown>,
  after: (shop: Shop, into: string, source: string) => unknown,
): Rule['scene'] {
  return inShop(async (shop) => {
    const into = await shop.person({ email: ADA });
    const source = await shop.person({ external_id: 'c1' });
    await before(shop, source, into);
    await shop.merge(into, source);
    return after(shop, into, source);
  });
}
