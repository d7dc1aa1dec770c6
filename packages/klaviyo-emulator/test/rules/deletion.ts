import { ADA, BOB, inShop, PHONE, type Shop } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const REMOVE = 'state/removeProfile.ts';
const ERASE = 'state/eraseProfiles.ts';

/** Ada by each of her identifiers, and Bob beside her. */
const deletedBy = (name: (ada: string) => [Record<string, unknown>, Record<string, unknown>?]) =>
  inShop(async ({ person, erase, people }) => {
    const ada = await person({ email: ADA, phone_number: PHONE });
    await person({ email: BOB });
    const { status } = await erase(...name(ada));
    return [status, ...people()];
  });

/** What a deletion leaves of somebody who bought, and joined a list. */
const afterDeletion = (look: (shop: Shop) => unknown) =>
  inShop(async (shop) => {
    await shop.event({ unique_id: 'o1', profile: { email: ADA, anonymous_id: 'x' } });
    await shop.subscribe('SINGLE');
    await shop.erase({ email: ADA });
    return look(shop);
  });

export const DELETION_RULES: Rule[] = [
  {
    rule: 'a deletion is answered 202 and happens after the delay',
    scene: inShop(
      async ({ person, erase, people, later }) => {
        await person({ email: ADA });
        const { status } = await erase({ email: ADA });
        const before = people();
        later(500);
        return [status, before, people()];
      },
      { visibilityDelayMs: 500 },
    ),
    seen: [202, [`${ADA}|-|-|-: `], []],
    off: without(
      'routes/profiles/requestDeletion.ts',
      'const dueMs = visibleAt(world, nowMs);',
      'const dueMs = nowMs;',
    ),
  },
  {
    rule: 'a deletion by e-mail, in any case, deletes that profile only',
    scene: deletedBy(() => [{ email: 'Ada@Example.com' }]),
    seen: [202, `${BOB}|-|-|-: `],
    off: without(ERASE, 'email: request.email', 'email: null'),
  },
  {
    rule: 'a deletion by phone number deletes that profile only',
    scene: deletedBy(() => [{ phone_number: PHONE }]),
    seen: [202, `${BOB}|-|-|-: `],
    off: without(ERASE, 'phone_number: request.phoneNumber', 'phone_number: null'),
  },
  {
    rule: 'a deletion by id deletes that profile only',
    scene: deletedBy((id) => [{}, { id }]),
    seen: [202, `${BOB}|-|-|-: `],
    off: without(ERASE, 'id: request.id', 'id: null'),
  },
  {
    rule: 'a deletion deletes the events of the profile',
    scene: afterDeletion(({ ids }) => ids()),
    seen: [],
    off: without(REMOVE, 'for (const id of index.eventsOfProfile.get(profile.id) ?? [])', 'for (const id of [])'),
  },
  {
    rule: 'a deletion deletes the memberships of the profile',
    scene: afterDeletion(({ emulator }) => emulator.state().lists.map(({ members }) => members.length)),
    seen: [0, 0, 0],
    off: without(REMOVE, 'list.members.delete(profile.id)', 'void 0'),
  },
  {
    rule: 'an event accepted after a deletion makes the profile anew, with nothing of the old one',
    scene: afterDeletion(async ({ event, people, consent }) => {
      await event({ unique_id: 'o2' });
      return [...people(), consent()];
    }),
    seen: [`${ADA}|-|-|-: o2`, 'email NEVER_SUBSCRIBED'],
    off: without(REMOVE, 'setIdentifiers(account, profile, { email: null, phone_number: null, external_id: null });'),
  },
  {
    rule: 'an event accepted before a deletion and processed after it makes the profile anew',
    scene: inShop(
      async ({ person, event, erase, people, later, emulator }) => {
        const old = await person({ email: ADA, external_id: 'c1' });
        await erase({ email: ADA });
        await event({ unique_id: 'o1' });
        later(500);
        return [...people(), emulator.state().profiles[0]?.id === old];
      },
      { visibilityDelayMs: 500 },
    ),
    seen: [`${ADA}|-|-|-: o1`, false],
    off: without('state/tasks.ts', 'eraseProfiles(account, task);'),
  },
  {
    rule: 'the browser of a deleted profile is free for whoever uses it next',
    scene: afterDeletion(async ({ event, people }) => {
      for (const [index, profile] of [{ email: BOB, anonymous_id: 'x' }, { anonymous_id: 'x' }].entries())
        await event({ profile, unique_id: String(index) });
      return people();
    }),
    seen: [`${BOB}|-|-|x: 0,1`],
    off: without(REMOVE, 'index.anonymousId.delete(anonymousId);', ';'),
  },
];
