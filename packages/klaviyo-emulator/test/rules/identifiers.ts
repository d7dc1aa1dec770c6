import { bulkEventsBody, eventBody, importBody, PATHS, profileBody } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { bounds } from './bounds.ts';
import type { Off, Rule } from './Rule.ts';
import { invalid } from './refuses.ts';
import { without } from './without.ts';

const EMAIL = 'validate/email.ts';
const PROFILE = 'validate/profile.ts';
const EVENT_PROFILE = '/data/attributes/profile/data';
const GROUP_PROFILE = '/data/attributes/events-bulk-create/data/0/attributes/profile/data';
const ADA = { email: 'ada@example.com' };

/** A rule of addresses: those that a profile may have, and those it may not. */
function emails(rule: string, { good, bad, off }: { good: string[]; bad: string[]; off: Off }): Rule {
  const body = (email: string) => profileBody({ email, external_id: 'x' });
  const errors = bad.flatMap(() => invalid('/data/attributes/email'));
  return bounds(rule, { path: PATHS.profileImport, takes: good.map(body), refuses: bad.map(body), errors, off });
}

function phones(rule: string, { good, bad, off }: { good: string[]; bad: string[]; off: Off }): Rule {
  const body = (phone_number: string) => profileBody({ phone_number, external_id: 'x' });
  const errors = bad.flatMap(() => invalid('/data/attributes/phone_number'));
  return bounds(rule, { path: PATHS.profileImport, takes: good.map(body), refuses: bad.map(body), errors, off });
}

const ADDRESS_RULES: Rule[] = [
  emails('an e-mail has the shape of one', {
    good: ["o'neil+shop@mail.example.com", 'ADA@EXAMPLE.COM', 'ada_1@example.com'],
    bad: ['', 'ada', '@example.com', 'ada@', 'a da@example.com', 'ada@@example.com', 'Ada <ada@example.com>'],
    off: without(EMAIL, '!EMAIL.test(value)', 'false'),
  }),
  emails('the domain of an e-mail has a dot', {
    good: ['ada@example.com'],
    bad: ['ada@localhost'],
    off: without(EMAIL, '[a-z0-9])?)+$/i', '[a-z0-9])?)*$/i'),
  }),
  emails('no label of the domain of an e-mail starts with a hyphen or holds other signs', {
    good: ['ada@my-shop.example.com'],
    bad: ['ada@-shop.example.com', 'ada@exam_ple.example.com', 'ada@example..com', 'ada@example.com.'],
    off: without(EMAIL, '@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9]', '@.*(?:\\.?[a-z0-9]?'),
  }),
  emails('the dots of an e-mail stand between other signs', {
    good: ['ada.l@example.com'],
    bad: ['.ada@example.com', 'ada.@example.com', 'a..l@example.com'],
    off: without(EMAIL, "!local.startsWith('.') && !local.endsWith('.') && !local.includes('..')", 'true'),
  }),
  emails('an e-mail has at most 100 characters', {
    good: [`${'a'.repeat(88)}@example.com`],
    bad: [`${'a'.repeat(89)}@example.com`],
    off: without(EMAIL, 'value.length > MAX_EMAIL_CHARS', 'false'),
  }),
  phones('a phone number is a plus and digits without a leading zero', {
    good: ['+15005550001'],
    bad: ['', '15005550001', '+0500555000', '+1 500 555 0001', '+1500555x001', '0015005550001'],
    off: without('validate/phone.ts', '!isPhoneNumber(value)', 'false'),
  }),
  phones('a phone number has 8 to 15 digits', {
    good: ['+15005550', '+150055500010002'],
    bad: ['+1500555', '+1500555000100022'],
    off: without('validate/phone.ts', '\\d{7,14}', '\\d*'),
  }),
  bounds('an external_id has at most 255 characters', {
    path: PATHS.profileImport,
    takes: [profileBody({ external_id: 'x'.repeat(255) })],
    refuses: [profileBody({ external_id: 'x'.repeat(256) })],
    errors: invalid('/data/attributes/external_id'),
    off: without(PROFILE, 'min: 1, max: MAX_ID_CHARS', 'max: 1000'),
  }),
  bounds('an anonymous_id and the id of a profile have at most 255 characters', {
    path: PATHS.event,
    takes: [
      eventBody({ profile: { anonymous_id: 'x'.repeat(255) } }),
      eventBody({ profileRest: { id: 'x'.repeat(255) } }),
    ],
    refuses: [
      eventBody({ profile: { anonymous_id: 'x'.repeat(256) } }),
      eventBody({ profileRest: { id: 'x'.repeat(256) } }),
    ],
    errors: invalid(`${EVENT_PROFILE}/attributes/anonymous_id`, `${EVENT_PROFILE}/id`),
    off: without(PROFILE, 'text({ max: MAX_ID_CHARS })', 'string'),
  }),
];

const FORGIVENESS_RULES: Rule[] = [
  {
    rule: 'a bad phone number beside a good e-mail is ignored in events',
    async scene(open) {
      const { send, emulator } = open();
      const profile = { ...ADA, phone_number: '12' };
      await send('POST', PATHS.event, eventBody({ profile }));
      await send('POST', PATHS.bulkEvents, bulkEventsBody([{ profile, events: [{ metric: 'Placed Order' }] }]));
      const { events, profiles } = emulator.state();
      return [events.length, profiles.map(({ email, phone_number }) => [email, phone_number])];
    },
    seen: [2, [['ada@example.com', null]]],
    off: without(PROFILE, 'phone_number: maybe(string),', 'phone_number: maybe(phone),'),
  },
  bounds('a bad phone number alone, or beside a bad e-mail, is refused in events', {
    path: PATHS.event,
    takes: [],
    refuses: [
      eventBody({ profile: { phone_number: '12', external_id: 'x' } }),
      eventBody({ profile: { phone_number: '12' } }),
    ],
    errors: invalid(...['', ''].map(() => `${EVENT_PROFILE}/attributes/phone_number`)),
    off: without(PROFILE, ' || isEmail(profile.email)) return;', ' || true) return;'),
  }),
  {
    rule: 'a bad phone number beside a good e-mail is refused everywhere else',
    async scene(open) {
      const { send } = open();
      const attributes = { ...ADA, phone_number: '12' };
      const replies = [
        await send('POST', PATHS.profiles, profileBody(attributes)),
        await send('POST', PATHS.profileImport, profileBody(attributes)),
        await send('POST', PATHS.bulkImport, importBody([attributes])),
      ];
      return replies.flatMap(errorsOf);
    },
    seen: invalid(
      '/data/attributes/phone_number',
      '/data/attributes/phone_number',
      '/data/attributes/profiles/data/0/attributes/phone_number',
    ),
    off: without(PROFILE, 'phone_number: maybe(phone),', 'phone_number: maybe(string),'),
  },
  {
    rule: 'an unknown `_kx` is refused, also beside a good e-mail',
    async scene(open) {
      const { send } = open();
      const attributes = { ...ADA, _kx: 'old' };
      const replies = [
        await send('POST', PATHS.event, eventBody({ profile: attributes })),
        await send('POST', PATHS.bulkEvents, bulkEventsBody([{ profile: attributes, events: [{}] }])),
        await send('POST', PATHS.profileImport, profileBody(attributes)),
      ];
      return replies.flatMap(errorsOf);
    },
    seen: invalid(`${EVENT_PROFILE}/attributes/_kx`, `${GROUP_PROFILE}/attributes/_kx`, '/data/attributes/_kx'),
    off: without('routes/events/isUnknownExchangeId.ts', 'Boolean(attributes._kx)', 'false'),
  },
  {
    rule: 'an unknown `_kx` refuses a bulk import',
    async scene(open) {
      const { send } = open();
      return errorsOf(await send('POST', PATHS.bulkImport, importBody([ADA, { _kx: 'old' }])));
    },
    seen: invalid('/data/attributes/profiles/data/1/attributes/_kx'),
    off: without('routes/imports/bulkImport.ts', 'if (wrong !== -1)', 'if (false)'),
  },
];

const meta = { meta: { patch_properties: { unset: 'color' } } };
const CREATE = "required(object('profile', commonAttributes)) })";

/** Where an identifier or `meta` may stand differs between operations that look alike. */
const PLACE_RULES: Rule[] = [
  bounds('`meta` stands inside the attributes of the profile of a single event, not beside them', {
    path: PATHS.event,
    takes: [eventBody({ profile: { ...ADA, ...meta } })],
    refuses: [eventBody({ profile: ADA, profileRest: meta })],
    errors: invalid(`${EVENT_PROFILE}/meta`),
    off: without('validate/bodies/event.ts', "eventProfile('inside')", "eventProfile('beside')"),
  }),
  bounds('`meta` stands beside the attributes of the profile of a bulk group, not inside them', {
    path: PATHS.bulkEvents,
    takes: [bulkEventsBody([{ profileRest: meta, events: [{}] }])],
    refuses: [bulkEventsBody([{ profile: { ...ADA, ...meta }, events: [{}] }])],
    errors: invalid(`${GROUP_PROFILE}/attributes/meta`),
    off: without('validate/bodies/bulkEvents.ts', "eventProfile('beside')", "eventProfile('inside')"),
  }),
  bounds('`meta` stands beside the attributes of an upserted profile, not inside them', {
    path: PATHS.profileImport,
    takes: [profileBody(ADA, meta)],
    refuses: [profileBody({ ...ADA, ...meta })],
    errors: invalid('/data/attributes/meta'),
    off: without(
      'validate/bodies/profiles.ts',
      "required(object('profile', upsertAttributes))",
      "required(object('profile', { ...upsertAttributes, meta }))",
    ),
  }),
  bounds('a created profile has no `meta`', {
    path: PATHS.profiles,
    takes: [profileBody(ADA)],
    refuses: [profileBody(ADA, meta)],
    errors: invalid('/data/meta'),
    off: without('validate/bodies/profiles.ts', CREATE, "required(object('profile', commonAttributes)), meta })"),
  }),
  bounds('a created profile has no `_kx`', {
    path: PATHS.profiles,
    takes: [],
    refuses: [profileBody({ ...ADA, _kx: 'x' })],
    errors: invalid('/data/attributes/_kx'),
    off: without('validate/bodies/profiles.ts', CREATE, "required(object('profile', upsertAttributes)) })"),
  }),
  {
    rule: 'an anonymous_id is taken by events only, not by profiles, upserts and bulk imports',
    async scene(open) {
      const { send } = open();
      const attributes = { ...ADA, anonymous_id: 'a' };
      const replies = [
        await send('POST', PATHS.profiles, profileBody(attributes)),
        await send('POST', PATHS.profileImport, profileBody(attributes)),
        await send('POST', PATHS.bulkImport, importBody([attributes])),
      ];
      const { status } = await send('POST', PATHS.event, eventBody({ profile: attributes }));
      return [status, ...replies.flatMap(errorsOf)];
    },
    seen: [
      202,
      ...invalid(
        '/data/attributes/anonymous_id',
        '/data/attributes/anonymous_id',
        '/data/attributes/profiles/data/0/attributes/anonymous_id',
      ),
    ],
    off: without(PROFILE, 'external_id: maybe(text(', 'anonymous_id: maybe(string), external_id: maybe(text('),
  },
];

export const IDENTIFIER_RULES: Rule[] = [...ADDRESS_RULES, ...FORGIVENESS_RULES, ...PLACE_RULES];
