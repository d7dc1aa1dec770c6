import { byEmail, bySms, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { ADA, account, BOB, inShop, PHONE, type Shop } from '../support/inShop.ts';
import { both, eachStep, GLOBAL } from './consentSteps.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

type Json = Record<string, unknown>;

const SUBSCRIBE = 'state/subscribe.ts';
const GRANT = 'state/grant.ts';
const OWNER = 'state/findOwner.ts';
const ISSUES = 'routes/subscriptions/findSubscribeIssues.ts';

const LIFTED = ['UNSUBSCRIBE', 'SPAM_COMPLAINT', 'USER_SUPPRESSED'] as const;
const lifted = LIFTED.map(
  (reason): Rule => ({
    rule: `a subscribe lifts the suppression ${reason}`,
    scene: eachStep(
      async ({ upsert, emulator }) => {
        await upsert({ email: ADA });
        emulator.optOut({ email: ADA, reason });
      },
      ({ subscribe }) => subscribe(),
    ),
    seen: [`email ${reason === 'UNSUBSCRIBE' ? 'UN' : 'NEVER_'}SUBSCRIBED, suppressed ${reason}`, 'email SUBSCRIBED'],
    off: without(GRANT, `'${reason}'`, "'INVALID_EMAIL'"),
  }),
);
const kept = (['HARD_BOUNCE', 'INVALID_EMAIL'] as const).map(
  (reason): Rule => ({
    rule: `a subscribe does not lift the suppression ${reason}`,
    scene: eachStep(
      async ({ upsert, emulator }) => {
        await upsert({ email: ADA });
        emulator.optOut({ email: ADA, reason });
      },
      ({ subscribe }) => subscribe(),
    ),
    seen: [`email NEVER_SUBSCRIBED, suppressed ${reason}`, `email SUBSCRIBED, suppressed ${reason}`],
    off: without(GRANT, "['UNSUBSCRIBE',", `['${reason}', 'UNSUBSCRIBE',`),
  }),
);

const subscribeById = (send: Shop['send'], profile: { type: 'profile'; id: string; attributes: Json }) => {
  const data = { type: 'profile-subscription-bulk-create-job', attributes: { profiles: { data: [profile] } } };
  return send('POST', PATHS.subscribe, { data });
};

const channels: Rule[] = [
  {
    rule: 'only the channels that are named change',
    scene: inShop(async ({ subscribe, consent }) => {
      await subscribe(undefined, both(byEmail(ADA, 'SUBSCRIBED')));
      return consent();
    }),
    seen: 'email SUBSCRIBED',
    off: without(
      SUBSCRIBE,
      'listChannels(entry.attributes.subscriptions)',
      "listChannels({ sms: { marketing: { consent: 'SUBSCRIBED' } }, ...entry.attributes.subscriptions })",
    ),
  },
  {
    rule: 'an identifier beside the channels is merely set on the profile',
    scene: inShop(async ({ subscribe, people }) => {
      await subscribe(undefined, both(byEmail(ADA, 'SUBSCRIBED')));
      return people();
    }),
    seen: [`${ADA}|${PHONE}|-|-: `],
    off: without(SUBSCRIBE, 'completeIdentifiers(account, profile, entry.attributes);'),
  },
  {
    rule: 'each channel is changed for the profile that holds its address',
    scene: inShop(async ({ person, subscribe, consent }) => {
      await person({ email: ADA });
      await person({ email: BOB, phone_number: PHONE });
      await subscribe(undefined, both(byEmail(ADA, 'SUBSCRIBED'), bySms(PHONE, 'SUBSCRIBED')));
      return [consent(ADA), consent(BOB)];
    }),
    seen: ['email SUBSCRIBED', 'email NEVER_SUBSCRIBED, sms SUBSCRIBED'],
    off: without(OWNER, 'if (holder) return holder;'),
  },
  {
    rule: 'a phone number that nobody has goes to the profile of the e-mail beside it',
    scene: inShop(async ({ person, subscribe, people, consent }) => {
      await person({ email: ADA });
      await subscribe(undefined, both(bySms(PHONE, 'SUBSCRIBED')));
      return [...people(), consent()];
    }),
    seen: [`${ADA}|${PHONE}|-|-: `, 'email NEVER_SUBSCRIBED, sms SUBSCRIBED'],
    off: without(OWNER, 'free?.profile ?? ', ''),
  },
  {
    rule: 'with an id the address of the profile itself serves the channel',
    scene: inShop(async ({ person, send, consent }) => {
      const id = await person({ email: ADA });
      const { subscriptions } = byEmail(ADA, 'SUBSCRIBED');
      const reply = await subscribeById(send, { type: 'profile', id, attributes: { subscriptions } });
      return [reply.status, consent()];
    }),
    seen: [202, 'email SUBSCRIBED'],
    off: without(ISSUES, ' && !held[needs]'),
  },
  {
    rule: 'a subscription for the id of nobody is refused',
    scene: inShop(async ({ send }) =>
      errorsOf(await subscribeById(send, { type: 'profile', id: 'nobody', attributes: byEmail(ADA, 'SUBSCRIBED') })),
    ),
    seen: ['400 invalid /data/attributes/profiles/data/0/id'],
    off: without(ISSUES, 'if (id && !profile)', 'if (false)'),
  },
  {
    rule: 'SMS consent needs a date of birth where the account is age-gated',
    scene: inShop(
      async ({ subscribe }) => errorsOf(await subscribe(undefined, bySms(PHONE, 'SUBSCRIBED'))),
      account({ ageGated: true }),
    ),
    seen: ['400 invalid /data/attributes/profiles/data/0/attributes/age_gated_date_of_birth'],
    off: without(ISSUES, 'call.account.ageGated', 'false'),
  },
];

const slow = { visibilityDelayMs: 500 };
const delayed: Rule[] = [
  {
    rule: 'a subscription answered 202 takes effect after the delay',
    scene: inShop(async ({ subscribe, consent, later }) => {
      const { status } = await subscribe('SINGLE');
      const before = consent();
      later(500);
      return [status, before, consent()];
    }, slow),
    seen: [202, 'nobody', 'email SUBSCRIBED, in SINGLE'],
    off: without('routes/subscriptions/bulkSubscribe.ts', 'visibleAt(world, nowMs)', 'nowMs'),
  },
  {
    rule: 'an unsubscription answered 202 takes effect after the delay',
    scene: inShop(async ({ unsubscribe, consent, later }) => {
      const { status } = await unsubscribe();
      const before = consent();
      later(500);
      return [status, before, consent()];
    }, slow),
    seen: [202, 'nobody', GLOBAL],
    off: without('routes/subscriptions/bulkUnsubscribe.ts', 'visibleAt(world, nowMs)', 'nowMs'),
  },
];

export const CONSENT_RULES: Rule[] = [...lifted, ...kept, ...channels, ...delayed];
