import { byEmail, eventBody, memberBody, PATHS, profileBody, subscribeBody } from '../support/bodies.ts';
import { errorsOf, HEADERS } from '../support/createTestEmulator.ts';
import type { Rule } from './Rule.ts';
import { invalid, refuses } from './refuses.ts';
import { without } from './without.ts';

const EVENT = '/data/attributes';
const EMAIL = { email: 'ada@example.com' };
const TOKENS = '/data/attributes/profiles/data/0/attributes/subscriptions/push/tokens/0';
const PATCH = '/data/meta/patch_properties';

const filtered = (filter: string) => `${PATHS.profiles}?filter=${encodeURIComponent(filter)}`;
const nestedAnd = (depth: number) => `${'and('.repeat(depth)}equals(id,"a")${')'.repeat(depth)}`;
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));

/** The rule about one value of a token, which is good but for it. */
function refusesToken(what: object, pointer: string, off: Rule['off']): Rule {
  const tokens = [{ token: 't1', platform: 'ios', vendor: 'apns', ...what }];
  const entry = byEmail(EMAIL.email, 'SUBSCRIBED');
  const subscriptions = { ...entry.subscriptions, push: { marketing: { consent: 'SUBSCRIBED' }, tokens } };
  return refuses(`a push token is described in the words of the document: ${pointer}`, {
    path: PATHS.subscribe,
    body: subscribeBody({ profiles: [{ ...entry, subscriptions }] }),
    errors: invalid(`${TOKENS}/${pointer}`),
    off,
  });
}

const free = (file: string, text: string) => without(file, text, 'maybe(() => {})');

const TOKEN_RULES: Rule[] = [
  refusesToken({ enablement_status: 'YES' }, 'enablement_status', free('validate/pushToken.ts', 'maybe(enablement)')),
  refusesToken({ background: 'YES' }, 'background', free('validate/pushToken.ts', 'maybe(background)')),
  refusesToken(
    { device_metadata: { os_name: 'dos' } },
    'device_metadata/os_name',
    free('validate/pushToken.ts', 'maybe(system)'),
  ),
  refusesToken(
    { device_metadata: { klaviyo_sdk: 'own' } },
    'device_metadata/klaviyo_sdk',
    free('validate/pushToken.ts', 'maybe(sdk)'),
  ),
  refusesToken(
    { device_metadata: { environment: 'test' } },
    'device_metadata/environment',
    free('validate/pushToken.ts', 'maybe(environment)'),
  ),
];

const READ_RULES: Rule[] = [
  {
    rule: 'a body that is not UTF-8 is refused',
    async scene(open) {
      const { emulator } = open();
      const text = new TextEncoder().encode(JSON.stringify(eventBody({ metric: '?' })));
      const body = text.map((byte) => (byte === '?'.charCodeAt(0) ? 0xff : byte));
      const init = { method: 'POST', headers: HEADERS, body };
      return (await emulator.fetch(new Request('https://a.klaviyo.com/api/events', init))).status;
    },
    seen: 400,
    off: without('http/readBody.ts', ', { fatal: true, ignoreBOM: false }'),
  },
  {
    rule: 'a page size is digits, and nothing else that a number could be read from',
    async scene(open) {
      const { send } = open();
      const sizes = ['5', '0x5', '5e0', '5.0', ' 5', ''];
      const replies = await Promise.all(sizes.map((size) => send('GET', `${PATHS.lists}?page[size]=${size}`)));
      return replies.map(({ status }) => status);
    },
    seen: [200, 400, 400, 400, 400, 400],
    off: without('read/readCollection.ts', '/^\\d+$/.test(text) ? Number(text) : 0', 'Number(text)'),
  },
  {
    rule: 'a time in a filter is ISO 8601, not whatever a date could be read from',
    async scene(open) {
      const { send } = open();
      const times = ['2026-01-01T00:00:00Z', '2026-01-01', 'never1', '1/2/2026'];
      const replies = await Promise.all(times.map((time) => send('GET', filtered(`less-than(created,${time})`))));
      return replies.map(({ status }) => status);
    },
    seen: [200, 200, 400, 400],
    off: without('read/matchClauses.ts', 'return parseTime(value)', 'return Date.parse(String(value)) || undefined'),
  },
  {
    rule: 'a filter is nested at most 20 deep',
    async scene(open) {
      const { send } = open();
      const replies = [await send('GET', filtered(nestedAnd(20))), await send('GET', filtered(nestedAnd(21)))];
      return replies.map(({ status }) => status);
    },
    seen: [200, 400],
    off: without('read/parseFilter.ts', 'if (depth > MAX_FILTER_DEPTH)', 'if (false)'),
  },
  ...['append', 'unappend'].map((name) =>
    refuses(`what a patch would ${name} is bounded as properties are`, {
      path: PATHS.profileImport,
      body: profileBody(EMAIL, { meta: { patch_properties: { [name]: { sizes: many(4001, (size) => size) } } } }),
      errors: invalid(`${PATCH}/${name}/sizes`),
      off: without('validate/profile.ts', ` ${name}: maybe(properties)`, ` ${name}: maybe(anything)`),
    }),
  ),
];

const ANSWER_RULES: Rule[] = [
  {
    rule: "an error's detail is cut after 30,000 characters",
    async scene(open) {
      const { send } = open();
      const ids = many(1000, (index) => `${index}`.padEnd(4000, 'x'));
      const { body } = await send('POST', `${PATHS.lists}/DEMO01/relationships/profiles`, memberBody(ids));
      return body.errors[0].detail.length;
    },
    seen: 30_000,
    off: without('http/problem.ts', '.slice(0, MAX_DETAIL_CHARS)'),
  },
  {
    rule: "an error names at most 100 characters of a parameter's name",
    async scene(open) {
      const { send } = open();
      const { body } = await send('GET', `${PATHS.lists}?${'x'.repeat(5000)}=1`);
      return body.errors[0].source.parameter.length;
    },
    seen: 100,
    off: without('http/problem.ts', '.slice(0, MAX_PARAMETER_CHARS)'),
  },
  {
    rule: 'an error points at what holds a key, where the key is too long to be repeated',
    async scene(open) {
      const { send } = open();
      return errorsOf(await send('POST', PATHS.event, eventBody({ ['k'.repeat(5000)]: 1 })));
    },
    seen: invalid(EVENT),
    off: without('validate/pointTo.ts', 'at.length + key.length > MAX_POINTER_CHARS ? at : '),
  },
  {
    rule: 'no more than 10,000 things wrong with a body are noted',
    async scene(open) {
      const { send } = open({ assume: { maxErrors: Number.POSITIVE_INFINITY } });
      const unknown = Object.fromEntries(many(10_001, (index) => [`k${index}`, 1]));
      return errorsOf(await send('POST', PATHS.event, unknown)).length;
    },
    seen: 10_000,
    off: without('validate/check.ts', 'if (on.issues.length < MAX_ISSUES) '),
  },
];

/** What keeps a careless or hostile request from costing more than itself. */
export const HOSTILE_RULES: Rule[] = [...READ_RULES, ...ANSWER_RULES, ...TOKEN_RULES];
