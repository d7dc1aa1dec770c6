import { byEmail } from '../support/bodies.ts';
import { ADA, account, DAY_MS, inShop, type Shop } from '../support/inShop.ts';
import { both, eachStep, GLOBAL } from './consentSteps.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const SUBSCRIBE = 'state/subscribe.ts';
const GRANT = 'state/grant.ts';
const CONFIRM = 'state/confirmOptIn.ts';

const confirming: Rule[] = [
  {
    rule: 'double opt-in waits for the click, and only then subscribes and makes a member',
    scene: eachStep(
      ({ subscribe }) => subscribe('DOUBLE'),
      ({ emulator }) => emulator.confirmOptIn({ email: ADA }),
    ),
    seen: ['email NEVER_SUBSCRIBED, pending DOUBLE', 'email SUBSCRIBED, in DOUBLE'],
    off: without(SUBSCRIBE, "optIn === 'double_opt_in' && ", 'false && '),
  },
  {
    rule: 'the click may come days later',
    scene: eachStep(
      ({ subscribe }) => subscribe('DOUBLE'),
      ({ later, emulator }) => {
        later(9 * DAY_MS);
        return emulator.confirmOptIn({ email: ADA });
      },
    ),
    seen: ['email NEVER_SUBSCRIBED, pending DOUBLE', 'email SUBSCRIBED, in DOUBLE'],
    off: without(
      CONFIRM,
      'state.pending.filter(({ listId })',
      'state.pending.filter(({ listId, atMs }) => atMs > nowMs - 86_400_000).filter(({ listId })',
    ),
  },
  {
    rule: 'each double opt-in list asks for itself',
    scene: eachStep(
      ({ subscribe }) => subscribe('DOUBLE'),
      ({ subscribe }) => subscribe('SECOND'),
      ({ emulator }) => emulator.confirmOptIn({ email: ADA }),
    ),
    seen: [
      'email NEVER_SUBSCRIBED, pending DOUBLE',
      'email NEVER_SUBSCRIBED, pending DOUBLE,SECOND',
      'email SUBSCRIBED, in DOUBLE,SECOND',
    ],
    off: without(SUBSCRIBE, 'state.pending.filter((request) => request.listId !== job.listId)', '[]'),
  },
  {
    rule: 'a click for one list leaves the request of another open',
    scene: eachStep(
      ({ subscribe }) => subscribe('DOUBLE').then(() => subscribe('SECOND')),
      ({ emulator }) => emulator.confirmOptIn({ email: ADA, listId: 'SECOND' }),
    ),
    seen: ['email NEVER_SUBSCRIBED, pending DOUBLE,SECOND', 'email SUBSCRIBED, pending DOUBLE, in SECOND'],
    off: without(CONFIRM, 'request.listId === undefined || listId === request.listId', 'true'),
  },
  {
    rule: 'a second request for a list replaces the first, and counts once',
    scene: inShop(async ({ subscribe, emulator, find }) => {
      for (const custom_source of ['Footer', 'Checkout'])
        await subscribe('DOUBLE', byEmail(ADA, 'SUBSCRIBED'), { custom_source });
      return [emulator.confirmOptIn({ email: ADA }), find(ADA)?.consent.email.customSource];
    }),
    seen: [1, 'Checkout'],
    off: without(SUBSCRIBE, '.filter((request) => request.listId !== job.listId)'),
  },
  {
    rule: 'before the click of a double opt-in nothing earlier is lifted',
    scene: eachStep(
      ({ unsubscribe }) => unsubscribe(),
      ({ subscribe }) => subscribe('DOUBLE'),
    ),
    seen: [GLOBAL, 'email UNSUBSCRIBED, pending DOUBLE, suppressed UNSUBSCRIBE'],
    off: without(SUBSCRIBE, 'if (asks) ', 'profile.suppressions = [];\nif (asks) '),
  },
  {
    rule: 'single opt-in subscribes and makes a member at once',
    scene: eachStep(({ subscribe }) => subscribe('SINGLE')),
    seen: ['email SUBSCRIBED, in SINGLE'],
    off: without(SUBSCRIBE, "optIn === 'double_opt_in'", 'true'),
  },
  {
    rule: 'without a list the opt-in of the account decides',
    scene: inShop(
      async ({ subscribe, consent, emulator }) => {
        await subscribe();
        return [consent(), emulator.confirmOptIn({ email: ADA }), consent()];
      },
      account({ defaultOptIn: 'double_opt_in' }),
    ),
    seen: ['email NEVER_SUBSCRIBED, pending ', 1, 'email SUBSCRIBED'],
    off: without(SUBSCRIBE, 'list?.optIn ?? account.defaultOptIn', 'list?.optIn'),
  },
  {
    rule: 'a list decides over the account',
    scene: inShop(
      async ({ subscribe, consent }) => {
        await subscribe('SINGLE');
        return consent();
      },
      account({ defaultOptIn: 'double_opt_in' }),
    ),
    seen: 'email SUBSCRIBED, in SINGLE',
    off: without(SUBSCRIBE, 'list?.optIn ?? account.defaultOptIn', 'account.defaultOptIn'),
  },
  {
    rule: 'double opt-in asks by e-mail and SMS; push needs no confirmation',
    scene: inShop(async ({ subscribe, consent }) => {
      const push = { marketing: { consent: 'SUBSCRIBED' } };
      await subscribe('DOUBLE', both(byEmail(ADA, 'SUBSCRIBED'), { subscriptions: { push } }));
      return consent();
    }),
    seen: 'email NEVER_SUBSCRIBED, push SUBSCRIBED, pending DOUBLE, in DOUBLE',
    off: without(SUBSCRIBE, 'CONFIRMED_BY_MAIL.has(item.channel)', 'true'),
  },
];

const consented_at = '2024-05-06T07:08:09Z';
const historical = ({ subscribe }: Shop) =>
  subscribe('DOUBLE', byEmail(ADA, 'SUBSCRIBED', { consented_at }), { historical_import: true });

const imported: Rule[] = [
  {
    rule: 'a historical import skips the confirmation of double opt-in',
    scene: eachStep(historical),
    seen: ['email SUBSCRIBED, in DOUBLE'],
    off: without(SUBSCRIBE, ' && !job.historical'),
  },
  {
    rule: 'a historical import keeps the time of the consent',
    scene: inShop(async (shop) => {
      await historical(shop);
      return shop.find(ADA)?.consent.email.timestamp;
    }),
    seen: '2024-05-06T07:08:09+00:00',
    off: without(GRANT, 'parseTime(change?.consented_at) ?? nowMs', 'nowMs'),
  },
];

export const OPT_IN_RULES: Rule[] = [...confirming, ...imported];
