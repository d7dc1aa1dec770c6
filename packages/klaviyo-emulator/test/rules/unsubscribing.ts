import { byEmail, bySms } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { ADA, inShop, PHONE, type Shop } from '../support/inShop.ts';
import { both, eachStep, GLOBAL } from './consentSteps.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const GRANT = 'state/grant.ts';
const UNSUBSCRIBE = 'state/unsubscribe.ts';

/** Ada, subscribed by the list SINGLE and by her phone number known, after a job whose list is gone when it is due. */
const meanwhileDeleted = (list: string, start: (shop: Shop) => Promise<unknown>) =>
  inShop(
    async (shop) => {
      await shop.person({ email: ADA, phone_number: PHONE });
      await shop.subscribe('SINGLE');
      shop.later(500);
      await start(shop);
      await shop.send('DELETE', `/api/lists/${list}`);
      shop.later(500);
      return shop.consent();
    },
    { visibilityDelayMs: 500 },
  );

export const UNSUBSCRIBE_RULES: Rule[] = [
  {
    rule: 'an unsubscribe without a list is global, and leaves the memberships',
    scene: eachStep(
      ({ subscribe }) => subscribe('SINGLE'),
      ({ unsubscribe }) => unsubscribe(),
    ),
    seen: ['email SUBSCRIBED, in SINGLE', `${GLOBAL}, in SINGLE`],
    off: without(UNSUBSCRIBE, 'else withdraw(', 'else if (list) withdraw('),
  },
  {
    rule: 'a global unsubscribe of the e-mail channel is a suppression too',
    scene: eachStep(({ unsubscribe }) => unsubscribe()),
    seen: [GLOBAL],
    off: without(UNSUBSCRIBE, "profile.suppressions.push({ reason: 'UNSUBSCRIBE', atMs: nowMs })", 'void 0'),
  },
  {
    rule: 'an unsubscribe with a list takes a member off that list only',
    scene: eachStep(
      ({ subscribe, join, find }) => subscribe('SINGLE').then(() => join('DOUBLE', find(ADA)?.id ?? '')),
      ({ unsubscribe }) => unsubscribe('SINGLE'),
    ),
    seen: ['email SUBSCRIBED, in SINGLE,DOUBLE', 'email SUBSCRIBED, off SINGLE, in DOUBLE'],
    off: without(UNSUBSCRIBE, 'list && members.has(profile)', 'false'),
  },
  {
    rule: 'an unsubscribe with a list withdraws globally from who is no member of it',
    scene: eachStep(
      ({ subscribe }) => subscribe(),
      ({ unsubscribe }) => unsubscribe('SINGLE'),
    ),
    seen: ['email SUBSCRIBED', GLOBAL],
    off: without(UNSUBSCRIBE, 'list && members.has(profile)', 'list'),
  },
  {
    rule: 'an unsubscribe of two channels with a list asks for the membership once',
    scene: inShop(async ({ subscribe, unsubscribe, consent }) => {
      await subscribe('SINGLE', both(byEmail(ADA, 'SUBSCRIBED'), bySms(PHONE, 'SUBSCRIBED')));
      await unsubscribe('SINGLE', both(byEmail(ADA, 'UNSUBSCRIBED'), bySms(PHONE, 'UNSUBSCRIBED')));
      return consent();
    }),
    seen: 'email SUBSCRIBED, sms SUBSCRIBED, off SINGLE',
    off: without(UNSUBSCRIBE, 'list && members.has(profile)', 'list?.members.has(profile.id)'),
  },
  {
    rule: 'who left a list may be mailed by it again after subscribing to it again',
    scene: eachStep(
      ({ subscribe, unsubscribe }) => subscribe('SINGLE').then(() => unsubscribe('SINGLE')),
      ({ subscribe }) => subscribe('SINGLE'),
    ),
    seen: ['email SUBSCRIBED, off SINGLE', 'email SUBSCRIBED, in SINGLE'],
    off: without(GRANT, '.filter(({ listId }) => listId !== list?.id)'),
  },
  {
    rule: 'an unsubscribe creates the profile of an unknown address, unsubscribed',
    scene: eachStep(({ unsubscribe }) => unsubscribe()),
    seen: [GLOBAL],
    off: without(
      UNSUBSCRIBE,
      'for (const entry of job.profiles) {',
      "for (const entry of job.profiles) {\nif (!account.index.email.has(entry.attributes.email ?? '')) continue;",
    ),
  },
  {
    rule: 'an unsubscribe drops a confirmation that is still open',
    scene: inShop(async ({ subscribe, unsubscribe, consent, emulator }) => {
      await subscribe('DOUBLE');
      await unsubscribe();
      return [consent(), emulator.confirmOptIn({ email: ADA })];
    }),
    seen: [GLOBAL, 0],
    off: without(UNSUBSCRIBE, 'state.pending = [];'),
  },
  {
    rule: 'an unsubscribe with a list drops the confirmation of that list only',
    scene: eachStep(
      async ({ person, join, subscribe }) => {
        await join('DOUBLE', await person({ email: ADA }));
        for (const list of ['DOUBLE', 'SECOND']) await subscribe(list);
      },
      ({ unsubscribe }) => unsubscribe('DOUBLE'),
    ),
    seen: [
      'email NEVER_SUBSCRIBED, pending DOUBLE,SECOND, in DOUBLE',
      'email NEVER_SUBSCRIBED, pending SECOND, off DOUBLE',
    ],
    off: without(UNSUBSCRIBE, 'state.pending = state.pending.filter(({ listId }) => listId !== list.id);'),
  },
  {
    rule: 'an unsubscribe from a list that does not exist is refused',
    scene: inShop(async ({ unsubscribe, consent }) => [errorsOf(await unsubscribe('NOLIST')), consent()]),
    seen: [['404 not_found /data/relationships/list/data/id'], 'nobody'],
    off: without('routes/subscriptions/bulkUnsubscribe.ts', '!account.lists.has(listId)', 'false'),
  },
  {
    rule: 'an unsubscribe from a list that is deleted before its work is done does nothing',
    scene: meanwhileDeleted('SINGLE', ({ unsubscribe }) => unsubscribe('SINGLE')),
    seen: 'email SUBSCRIBED',
    off: without(UNSUBSCRIBE, 'if (job.listId !== null && !list) return;'),
  },
  {
    rule: 'a subscribe to a list that is deleted before its work is done does nothing',
    scene: meanwhileDeleted('DOUBLE', ({ subscribe }) => subscribe('DOUBLE', bySms(PHONE, 'SUBSCRIBED'))),
    seen: 'email SUBSCRIBED, in SINGLE',
    off: without('state/subscribe.ts', 'if (job.listId !== null && !list) return;'),
  },
  {
    rule: 'a confirmation is gone with the list that asked for it',
    scene: inShop(async ({ subscribe, send, consent, emulator }) => {
      await subscribe('DOUBLE');
      await send('DELETE', '/api/lists/DOUBLE');
      return [emulator.confirmOptIn({ email: ADA }), consent()];
    }),
    seen: [0, 'email NEVER_SUBSCRIBED'],
    off: without('routes/lists/writeLists.ts', 'forgetPending(account, id);'),
  },
  {
    rule: 'a bounce suppresses the address and leaves the consent',
    scene: eachStep(
      ({ subscribe }) => subscribe(),
      async ({ emulator }) => emulator.optOut({ email: ADA, reason: 'HARD_BOUNCE' }),
    ),
    seen: ['email SUBSCRIBED', 'email SUBSCRIBED, suppressed HARD_BOUNCE'],
    off: without('state/optOut.ts', "if (reason !== 'UNSUBSCRIBE')", 'if (false)'),
  },
  {
    rule: "an opt-out on Klaviyo's page of one list leaves the consent",
    scene: eachStep(
      ({ subscribe }) => subscribe('SINGLE'),
      async ({ emulator }) => emulator.optOut({ email: ADA, listId: 'SINGLE' }),
    ),
    seen: ['email SUBSCRIBED, in SINGLE', 'email SUBSCRIBED, off SINGLE'],
    off: without('state/optOut.ts', 'else if (list)', 'else if (false)'),
  },
];
