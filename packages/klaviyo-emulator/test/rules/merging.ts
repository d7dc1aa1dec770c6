import type { EmulatorOptions } from '../../src/options.ts';
import { byEmail, bySms, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { ADA, account, BOB, inShop, PHONE, type Shop, shopOf } from '../support/inShop.ts';
import { GLOBAL } from './consentSteps.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const MERGE = 'state/mergeProfiles.ts';
const CONSENT = 'state/mergeConsent.ts';
const ROUTE = 'routes/profiles/mergeProfilesRoute.ts';

/** What Ada's profile agreed to after a merge, whose source has another e-mail. */
const agreed = (
  before: (shop: Shop) => Promise<unknown>,
  after: (shop: Shop) => unknown = ({ consent }) => consent(),
  options: EmulatorOptions = {},
) =>
  inShop(async (shop) => {
    const into = await shop.person({ email: ADA });
    const source = await shop.person({ email: BOB });
    await before(shop);
    await shop.merge(into, source);
    return after(shop);
  }, options);

const consents: Rule[] = [
  {
    rule: 'a merge keeps the confirmations that both profiles were asked for',
    scene: agreed(
      async ({ subscribe }) => {
        await subscribe('DOUBLE', byEmail(BOB, 'SUBSCRIBED'));
        await subscribe('SECOND');
      },
      ({ consent, emulator }) => [consent(), emulator.confirmOptIn({ email: ADA }), consent()],
    ),
    seen: ['email NEVER_SUBSCRIBED, pending SECOND,DOUBLE', 2, 'email SUBSCRIBED, in DOUBLE,SECOND'],
    off: without(CONSENT, '...into.pending, ...source.pending', '...decided.pending'),
  },
  {
    rule: 'after a merge a confirmation that both profiles were asked for counts once',
    scene: agreed(
      async ({ subscribe }) => {
        for (const email of [ADA, BOB]) await subscribe('DOUBLE', byEmail(email, 'SUBSCRIBED'));
      },
      ({ emulator }) => emulator.confirmOptIn({ email: ADA }),
    ),
    seen: 1,
    off: without(
      CONSENT,
      'new Map(inTime.map((row) => [row.listId, row]))',
      'new Map(inTime.map((row) => [row, row]))',
    ),
  },
  {
    rule: 'a merge remembers the subscribes of its source for repeatedSubscribe',
    scene: agreed(
      async ({ subscribe }) => {
        await subscribe('SINGLE', byEmail(BOB, 'SUBSCRIBED'));
        await subscribe();
      },
      async ({ unsubscribe, subscribe, consent }) => {
        await unsubscribe();
        await subscribe('SINGLE');
        return consent();
      },
      { assume: { repeatedSubscribe: 'ignore' } },
    ),
    seen: `${GLOBAL}, in SINGLE`,
    off: without(CONSENT, '...into.subscribes, ...source.subscribes', '...into.subscribes'),
  },
  {
    rule: 'after a merge a withdrawal of either profile holds',
    scene: agreed(async ({ subscribe, unsubscribe }) => {
      await subscribe();
      await unsubscribe(undefined, byEmail(BOB, 'UNSUBSCRIBED'));
    }),
    seen: GLOBAL,
    off: without(CONSENT, "sides.find(({ consent }) => consent === 'UNSUBSCRIBED') ??"),
  },
  {
    rule: 'a suppression that both profiles have is one after their merge',
    scene: agreed(async ({ unsubscribe }) => {
      for (const email of [ADA, BOB]) await unsubscribe(undefined, byEmail(email, 'UNSUBSCRIBED'));
    }),
    seen: GLOBAL,
    off: without(CONSENT, '!known.has(key(row))', 'true'),
  },
];

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
    off: without('state/removeProfile.ts', 'account.profiles.delete(profile.id);'),
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
    off: without(CONSENT, 'updatedMs !== null', 'false'),
  },
  ...consents,
  {
    rule: 'a merge is a change of the destination',
    scene: mergeScene(
      async ({ later }) => later(5000),
      ({ find }) => find(ADA)?.updated.slice(11, 19),
    ),
    seen: '09:00:05',
    off: without(MERGE, 'into.updatedMs = nowMs;'),
  },
  {
    rule: 'the _kx of a merged profile names the one that is left, in events and in filters',
    scene: inShop(async ({ person, merge, emulator, event, read, people }) => {
      const [into, source] = [await person({ email: ADA }), await person({ external_id: 'c1' })];
      const _kx = emulator.state().profiles[1]?._kx;
      await merge(into, source);
      await event({ unique_id: 'clicked', profile: { _kx } });
      const { body } = await read(PATHS.profiles, { filter: `equals(_kx,"${_kx}")` });
      return [people(), body.data.length];
    }),
    seen: [[`${ADA}|-|c1|-: clicked`], 1],
    off: without(MERGE, 'for (const kx of into.formerKxs) account.index.kx.set(kx, into.id);'),
  },
  {
    rule: 'the _kx of a merged profile names the one that is left after a restart too',
    async scene(open) {
      const first = shopOf(open(account({})));
      const [into, source] = [await first.person({ email: ADA }), await first.person({ external_id: 'c1' })];
      const _kx = first.emulator.state().profiles[1]?._kx;
      await first.merge(into, source);
      const second = shopOf(open({ ...account({}), snapshot: first.emulator.snapshot() }));
      await second.event({ unique_id: 'clicked', profile: { _kx } });
      return second.people();
    },
    seen: [`${ADA}|-|c1|-: clicked`],
    off: without('state/snapshot.ts', 'listKxs(profile)', '[profile.kx]'),
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
