import { byEmail, bySms, PATHS, profileBody, subscribeBody, unsubscribeBody } from '../support/bodies.ts';
import { errorsOf, START_MS } from '../support/createTestEmulator.ts';
import { bounds } from './bounds.ts';
import type { Rule } from './Rule.ts';
import { invalid, refuses } from './refuses.ts';
import { without } from './without.ts';

const BODIES = 'validate/bodies/subscriptions.ts';
const SUPPRESSION_BODY = 'validate/bodies/suppressions.ts';
const SUPPRESSIONS = 'routes/subscriptions/suppressionJobs.ts';
const ISSUES = 'routes/subscriptions/findSubscribeIssues.ts';
const ENTRIES = '/data/attributes/profiles/data';
const EMAIL_CONSENT = `${ENTRIES}/0/attributes/subscriptions/email/marketing`;
const CONSENTED_AT = `${EMAIL_CONSENT}/consented_at`;
const ADA = 'ada@example.com';
const PHONE = '+15005550006';
const LONG_AGO = '2020-01-01T00:00:00Z';

const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const subscribers = (count: number) => many(count, (index) => byEmail(`p${index}@example.com`, 'SUBSCRIBED'));
const leavers = (count: number) => many(count, (index) => byEmail(`p${index}@example.com`, 'UNSUBSCRIBED'));
const consented = (consented_at: unknown) => byEmail(ADA, 'SUBSCRIBED', { consented_at });
const ageGated = { accounts: [{ publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }], ageGated: true }] };

function suppressionBody(kind: 'create' | 'delete', emails: string[] | undefined, list?: string) {
  const data = emails?.map((email) => ({ type: 'profile', attributes: { email } }));
  return {
    data: {
      type: `profile-suppression-bulk-${kind}-job`,
      attributes: data ? { profiles: { data } } : {},
      ...(list === undefined ? {} : { relationships: { list: { data: { type: 'list', id: list } } } }),
    },
  };
}
const suppressed = (count: number) => many(count, (index) => `p${index}@example.com`);

const CHANNEL_RULES: Rule[] = [
  refuses('consent for e-mail without an e-mail is refused', {
    path: PATHS.subscribe,
    body: subscribeBody({ profiles: [{ ...byEmail(ADA, 'SUBSCRIBED'), email: undefined, phone_number: PHONE }] }),
    errors: invalid(`${ENTRIES}/0/attributes/email`),
    off: without(BODIES, 'if (needs && !attributes[needs] && !id)', 'if (false)'),
  }),
  refuses('consent for SMS without a phone number is refused', {
    path: PATHS.unsubscribe,
    body: unsubscribeBody({ profiles: [{ ...bySms(PHONE, 'UNSUBSCRIBED'), phone_number: undefined, email: ADA }] }),
    errors: invalid(`${ENTRIES}/0/attributes/phone_number`),
    off: without(BODIES, 'if (needs && !attributes[needs] && !id)', 'if (false)'),
  }),
  {
    rule: 'consent for SMS of a profile id that has no phone number is refused',
    async scene(open) {
      const { send } = open();
      const { body } = await send('POST', PATHS.profiles, profileBody({ email: ADA }));
      const { subscriptions } = bySms(PHONE, 'SUBSCRIBED');
      const job = subscribeBody({ profiles: [{ subscriptions }] });
      const entry = { type: 'profile', id: body.data.id, attributes: { subscriptions } };
      return errorsOf(
        await send('POST', PATHS.subscribe, {
          data: { ...job.data, attributes: { profiles: { data: [entry] } } },
        }),
      );
    },
    seen: invalid(`${ENTRIES}/0/attributes/phone_number`),
    off: without(ISSUES, '!held[needs]', 'false'),
  },
  refuses('a subscription without any channel is refused', {
    path: PATHS.subscribe,
    body: subscribeBody({ profiles: [{ email: ADA, subscriptions: {} }] }),
    errors: invalid(`${ENTRIES}/0/attributes/subscriptions`),
    off: without(BODIES, 'if (named.length === 0)', 'if (false)'),
  }),
  refuses('UNSUBSCRIBED is no consent of a subscribe job', {
    path: PATHS.subscribe,
    body: subscribeBody({ profiles: [byEmail(ADA, 'UNSUBSCRIBED')] }),
    errors: invalid(`${EMAIL_CONSENT}/consent`),
    off: without(BODIES, "= literal('SUBSCRIBED')", "= literal('SUBSCRIBED', 'UNSUBSCRIBED')"),
  }),
  refuses('SUBSCRIBED is no consent of an unsubscribe job', {
    path: PATHS.unsubscribe,
    body: unsubscribeBody({ profiles: [byEmail(ADA, 'SUBSCRIBED')] }),
    errors: invalid(`${EMAIL_CONSENT}/consent`),
    off: without(BODIES, "(literal('UNSUBSCRIBED'))", "(literal('SUBSCRIBED', 'UNSUBSCRIBED'))"),
  }),
  refuses('an unsubscribe job has no custom_source', {
    path: PATHS.unsubscribe,
    body: unsubscribeBody({ custom_source: 'x', profiles: leavers(1) }),
    errors: invalid('/data/attributes/custom_source'),
    off: without(
      BODIES,
      "object('profile-subscription-bulk-delete-job', {",
      "object('profile-subscription-bulk-delete-job', { custom_source: maybe(string),",
    ),
  }),
  refuses('an unsubscribe job has no consented_at', {
    path: PATHS.unsubscribe,
    body: unsubscribeBody({ profiles: [byEmail(ADA, 'UNSUBSCRIBED', { consented_at: LONG_AGO })] }),
    errors: invalid(CONSENTED_AT),
    off: without(
      BODIES,
      "{ consent: required(literal('UNSUBSCRIBED')) }",
      "{ consent: required(literal('UNSUBSCRIBED')), consented_at: maybe(datetime) }",
    ),
  }),
  refuses('to unsubscribe from push takes the tokens', {
    path: PATHS.unsubscribe,
    body: unsubscribeBody({
      profiles: [{ email: ADA, subscriptions: { push: { marketing: { consent: 'UNSUBSCRIBED' } } } }],
    }),
    errors: invalid(`${ENTRIES}/0/attributes/subscriptions/push/tokens`),
    off: without(BODIES, 'tokens: required(tokens)', 'tokens: maybe(tokens)'),
  }),
];

const HISTORY_RULES: Rule[] = [
  refuses('consented_at without historical_import is refused', {
    path: PATHS.subscribe,
    body: subscribeBody({ profiles: [consented(LONG_AGO)] }),
    errors: invalid(CONSENTED_AT),
    off: without(BODIES, 'if (change.consented_at && !historical_import)', 'if (false)'),
  }),
  refuses('historical_import without consented_at is refused', {
    path: PATHS.subscribe,
    body: subscribeBody({ historical_import: true, profiles: subscribers(1) }),
    errors: invalid(CONSENTED_AT),
    off: without(BODIES, 'if (!change.consented_at && historical_import)', 'if (false)'),
  }),
  bounds('consented_at is not in the future', {
    path: PATHS.subscribe,
    takes: [subscribeBody({ historical_import: true, profiles: [consented(new Date(START_MS).toISOString())] })],
    refuses: [subscribeBody({ historical_import: true, profiles: [consented(new Date(START_MS + 1).toISOString())] })],
    errors: invalid(CONSENTED_AT),
    off: without(BODIES, '(parseTime(change.consented_at) ?? 0) > on.nowMs', 'false'),
  }),
  refuses('consented_at is ISO 8601', {
    path: PATHS.subscribe,
    body: subscribeBody({ historical_import: true, profiles: [consented('last summer')] }),
    errors: invalid(CONSENTED_AT),
    off: without(BODIES, 'consented_at: maybe(datetime)', 'consented_at: maybe(string)'),
  }),
  {
    rule: 'open tracking takes no consented_at in a historical import',
    async scene(open) {
      const { send } = open();
      const email = { marketing: { consent: 'SUBSCRIBED', consented_at: LONG_AGO } };
      const subscriptions = { email: { ...email, open_tracking: { consent: 'SUBSCRIBED' } } };
      const job = subscribeBody({ historical_import: true, profiles: [{ email: ADA, subscriptions }] });
      return (await send('POST', PATHS.subscribe, job)).status;
    },
    seen: 202,
    off: without(BODIES, "if (path === 'email/open_tracking') continue;"),
  },
  bounds('an age-gated account takes a date of birth with consent for SMS, and for SMS only', {
    path: PATHS.subscribe,
    options: ageGated,
    takes: [
      subscribeBody({ profiles: [{ ...bySms(PHONE, 'SUBSCRIBED'), age_gated_date_of_birth: '1990-05-31' }] }),
      subscribeBody({ profiles: subscribers(1) }),
    ],
    refuses: [subscribeBody({ profiles: [bySms(PHONE, 'SUBSCRIBED')] })],
    errors: invalid(`${ENTRIES}/0/attributes/age_gated_date_of_birth`),
    off: without(ISSUES, 'call.account.ageGated', 'false'),
  }),
  bounds('a date of birth is a day of the calendar', {
    path: PATHS.subscribe,
    takes: [subscribeBody({ profiles: [{ ...bySms(PHONE, 'SUBSCRIBED'), age_gated_date_of_birth: '1992-02-29' }] })],
    refuses: ['31.05.1990', '1990-02-29', '1990-05-31T00:00:00Z'].map((age_gated_date_of_birth) =>
      subscribeBody({ profiles: [{ ...bySms(PHONE, 'SUBSCRIBED'), age_gated_date_of_birth }] }),
    ),
    errors: invalid(...many(3, () => `${ENTRIES}/0/attributes/age_gated_date_of_birth`)),
    off: without(BODIES, 'maybe(dateOfBirth)', 'maybe(string)'),
  }),
  bounds('a date of birth is in the past', {
    path: PATHS.subscribe,
    takes: [subscribeBody({ profiles: [{ ...bySms(PHONE, 'SUBSCRIBED'), age_gated_date_of_birth: '2026-11-02' }] })],
    refuses: [subscribeBody({ profiles: [{ ...bySms(PHONE, 'SUBSCRIBED'), age_gated_date_of_birth: '2026-11-03' }] })],
    errors: invalid(`${ENTRIES}/0/attributes/age_gated_date_of_birth`),
    off: without('validate/time.ts', 'ms > on.nowMs)', 'false)'),
  }),
];

const COUNT_RULES: Rule[] = [
  bounds('a subscribe job has at most 1,000 profiles', {
    path: PATHS.subscribe,
    takes: [subscribeBody({ profiles: subscribers(1000) })],
    refuses: [subscribeBody({ profiles: subscribers(1001) })],
    errors: invalid(ENTRIES),
    off: without(BODIES, '(subscribeProfile, MAX_SUBSCRIBE_PROFILES)', '(subscribeProfile, 1e9)'),
  }),
  bounds('an unsubscribe job has at most 100 profiles', {
    path: PATHS.unsubscribe,
    takes: [unsubscribeBody({ profiles: leavers(100) })],
    refuses: [unsubscribeBody({ profiles: leavers(101) })],
    errors: invalid(ENTRIES),
    off: without(BODIES, '(unsubscribeProfile, MAX_UNSUBSCRIBE_PROFILES)', '(unsubscribeProfile, 1e9)'),
  }),
  bounds('a suppression has at most 100 e-mails', {
    path: PATHS.suppress,
    takes: [suppressionBody('create', suppressed(100))],
    refuses: [suppressionBody('create', suppressed(101))],
    errors: invalid(ENTRIES),
    off: without(SUPPRESSION_BODY, 'max: MAX_SUPPRESS_PROFILES', 'max: 1e9'),
  }),
  bounds('lifting suppressions takes at most 100 e-mails', {
    path: PATHS.unsuppress,
    takes: [suppressionBody('delete', suppressed(100))],
    refuses: [suppressionBody('delete', suppressed(101))],
    errors: invalid(ENTRIES),
    off: without(SUPPRESSION_BODY, 'max: MAX_SUPPRESS_PROFILES', 'max: 1e9'),
  }),
  bounds('a custom_source has at most 100 KB', {
    path: PATHS.subscribe,
    takes: [subscribeBody({ custom_source: 'x'.repeat(100_000), profiles: subscribers(1) })],
    refuses: [subscribeBody({ custom_source: 'x'.repeat(100_001), profiles: subscribers(1) })],
    errors: invalid('/data/attributes/custom_source'),
    off: without('validate/scalars.ts', 'exceedsBytes(value, MAX_STRING_BYTES)', 'false'),
  }),
];

const TARGET_RULES: Rule[] = [
  bounds('a suppression takes either profiles or a list, not both and not neither', {
    path: PATHS.suppress,
    takes: [suppressionBody('create', [ADA]), suppressionBody('create', undefined, 'DEMO01')],
    refuses: [suppressionBody('create', [ADA], 'DEMO01'), suppressionBody('create', undefined)],
    errors: invalid('/data', '/data'),
    off: without(SUPPRESSION_BODY, 'if (given.length !== 1)', 'if (false)'),
  }),
  refuses('a suppression of a list that does not exist is refused', {
    path: PATHS.suppress,
    body: suppressionBody('create', undefined, 'NOLIST'),
    errors: ['404 not_found /data/relationships/list/data/id'],
    off: without(SUPPRESSIONS, 'listId !== undefined && !account.lists.has(listId)', 'false'),
  }),
  refuses('a subscription to a list that does not exist is refused', {
    path: PATHS.subscribe,
    body: subscribeBody({ list: 'NOLIST', profiles: subscribers(1) }),
    errors: ['404 not_found /data/relationships/list/data/id'],
    off: without('routes/subscriptions/bulkSubscribe.ts', 'listId !== null && !account.lists.has(listId)', 'false'),
  }),
  refuses('to unsubscribe from a list that does not exist is refused', {
    path: PATHS.unsubscribe,
    body: unsubscribeBody({ list: 'NOLIST', profiles: leavers(1) }),
    errors: ['404 not_found /data/relationships/list/data/id'],
    off: without('routes/subscriptions/bulkUnsubscribe.ts', 'listId !== null && !account.lists.has(listId)', 'false'),
  }),
];

export const CONSENT_BODY_RULES: Rule[] = [...CHANNEL_RULES, ...HISTORY_RULES, ...COUNT_RULES, ...TARGET_RULES];
