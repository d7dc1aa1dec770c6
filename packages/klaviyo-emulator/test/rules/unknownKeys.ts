import {
  bulkEventsBody,
  byEmail,
  eventBody,
  importBody,
  listBody,
  memberBody,
  PATHS,
  profileBody,
  subscribeBody,
  unsubscribeBody,
} from '../support/bodies.ts';
import type { Rule } from './Rule.ts';
import { invalid, refuses } from './refuses.ts';
import { without } from './without.ts';

const MEMBERS = '/api/lists/DEMO01/relationships/profiles';
const LIST = '/data/relationships/list';
const GROUP = '/data/attributes/events-bulk-create/data/0';
const ENTRY = '/data/attributes/profiles/data/0';

const subscribe = subscribeBody({ list: 'DEMO01', profiles: [byEmail('ada@example.com', 'SUBSCRIBED')] });
const unsubscribe = unsubscribeBody({ profiles: [byEmail('ada@example.com', 'UNSUBSCRIBED')] });
const meta = { meta: { patch_properties: { unset: 'color' } } };
const suppress = {
  data: {
    type: 'profile-suppression-bulk-create-job',
    attributes: { profiles: { data: [{ type: 'profile', attributes: { email: 'ada@example.com' } }] } },
  },
};
const merge = {
  data: { type: 'profile-merge', id: 'A', relationships: { profiles: { data: [{ type: 'profile', id: 'B' }] } } },
};
const deletion = {
  data: {
    type: 'data-privacy-deletion-job',
    attributes: { profile: { data: { type: 'profile', attributes: { email: 'ada@example.com' } } } },
  },
};

const PLACES: readonly [where: string, path: string, body: object, pointer: string][] = [
  ['beside data', PATHS.event, eventBody(), ''],
  ['in the data of an event', PATHS.event, eventBody(), '/data'],
  ['in an event', PATHS.event, eventBody(), '/data/attributes'],
  ['in a metric reference', PATHS.event, eventBody(), '/data/attributes/metric/data'],
  ['in a metric', PATHS.event, eventBody(), '/data/attributes/metric/data/attributes'],
  ['beside the data of the profile of an event', PATHS.event, eventBody(), '/data/attributes/profile'],
  ['in the profile of an event', PATHS.event, eventBody(), '/data/attributes/profile/data/attributes'],
  ['in a bulk job of events', PATHS.bulkEvents, bulkEventsBody([{ events: [{}] }]), '/data/attributes'],
  ['in a bulk group', PATHS.bulkEvents, bulkEventsBody([{ events: [{}] }]), `${GROUP}/attributes`],
  [
    'in a bulk event',
    PATHS.bulkEvents,
    bulkEventsBody([{ events: [{}] }]),
    `${GROUP}/attributes/events/data/0/attributes`,
  ],
  ['in a created profile', PATHS.profiles, profileBody({ email: 'ada@example.com' }), '/data/attributes'],
  ['in an upserted profile', PATHS.profileImport, profileBody({ email: 'ada@example.com' }), '/data/attributes'],
  [
    'in a location',
    PATHS.profileImport,
    profileBody({ email: 'ada@example.com', location: { city: 'Graz' } }),
    '/data/attributes/location',
  ],
  ['in a meta', PATHS.profileImport, profileBody({ email: 'ada@example.com' }, meta), '/data/meta'],
  [
    'in a patch of properties',
    PATHS.profileImport,
    profileBody({ email: 'ada@example.com' }, meta),
    '/data/meta/patch_properties',
  ],
  ['in an imported profile', PATHS.bulkImport, importBody([{ email: 'ada@example.com' }]), `${ENTRY}/attributes`],
  ['in a merge', PATHS.merge, merge, '/data/relationships'],
  ['in a deletion', PATHS.deletion, deletion, '/data/attributes/profile/data/attributes'],
  ['in a list', PATHS.lists, listBody('VIP'), '/data/attributes'],
  ['in a list member', MEMBERS, memberBody(['A']), '/data/0'],
  ['in a subscribe job', PATHS.subscribe, subscribe, '/data/attributes'],
  ['in a list reference', PATHS.subscribe, subscribe, `${LIST}/data`],
  ['in a subscribed profile', PATHS.subscribe, subscribe, `${ENTRY}/attributes`],
  ['among the channels', PATHS.subscribe, subscribe, `${ENTRY}/attributes/subscriptions`],
  ['in a consent', PATHS.subscribe, subscribe, `${ENTRY}/attributes/subscriptions/email/marketing`],
  ['in an unsubscribed profile', PATHS.unsubscribe, unsubscribe, `${ENTRY}/attributes`],
  ['in a suppressed profile', PATHS.suppress, suppress, `${ENTRY}/attributes`],
];

/** A copy of the body with an unknown key in the object at this place. */
function plant(body: object, pointer: string): object {
  const copy = structuredClone(body);
  const steps = pointer.split('/').slice(1);
  const place = steps.reduce<unknown>((inner, step) => Reflect.get(Object(inner), step), copy);
  Object.assign(Object(place), { emial: 'ada@example.com' });
  return copy;
}

export const UNKNOWN_KEY_RULES: Rule[] = [
  ...PLACES.map(([where, path, body, pointer]) =>
    refuses(`an unknown key ${where} is refused`, {
      path,
      body: plant(body, pointer),
      errors: invalid(`${pointer}/emial`),
      off: without('validate/object.ts', 'if (!Object.hasOwn(fields, key))', 'if (false)'),
    }),
  ),
  refuses('`__proto__` and `constructor` are unknown keys like any other', {
    path: PATHS.event,
    body: JSON.stringify(eventBody({ constructor: 1, proto: 1 })).replace('"proto"', '"__proto__"'),
    errors: invalid('/data/attributes/constructor', '/data/attributes/__proto__'),
    off: without('validate/object.ts', '!Object.hasOwn(fields, key)', '!(key in fields)'),
  }),
  {
    rule: 'a property called `__proto__` is a property like any other, also when a sparse fieldset names its insides',
    async scene(open) {
      const { send } = open();
      const event = JSON.stringify(eventBody({ properties: { proto: { leaked: 1 }, constructor: 'x' } }));
      await send('POST', PATHS.event, event.replace('"proto"', '"__proto__"'));
      const { body } = await send('GET', PATHS.event);
      await send('GET', `${PATHS.event}?fields[event]=event_properties.__proto__.leaked`);
      const leaked = 'leaked' in {};
      Reflect.deleteProperty(Object.prototype, 'leaked');
      return { stored: JSON.stringify(body.data[0].attributes.event_properties), leaked };
    },
    seen: { stored: '{"__proto__":{"leaked":1},"constructor":"x"}', leaked: false },
    off: without('read/pickFields.ts', 'return Object.create(null);', 'return {};'),
  },
  {
    rule: 'appending to a property called `constructor` or `__proto__` finds nothing there before',
    async scene(open) {
      const { send, emulator } = open();
      const patch = { patch_properties: { append: { constructor: 'x', proto: 'y' } } };
      const body = JSON.stringify(profileBody({ email: 'ada@example.com' }, { meta: patch }));
      await send('POST', PATHS.profileImport, body.replace('"proto"', '"__proto__"'));
      return emulator.state().profiles.map(({ properties }) => JSON.stringify(properties));
    },
    seen: ['{"constructor":["x"],"__proto__":["y"]}'],
    off: without(
      'state/applyProfile.ts',
      'const present = asArray(patched.get(key));',
      'const present = asArray(properties[key]);',
    ),
  },
];
