import type { EmulatorOptions } from '../../src/options.ts';
import type { Rule } from '../rules/Rule.ts';
import {
  bulkEventsBody,
  byEmail,
  type EventSketch,
  eventBody,
  importBody,
  memberBody,
  PATHS,
  profileBody,
  type SubscriptionSketch,
  subscribeBody,
  unsubscribeBody,
} from './bodies.ts';
import type { Reply, TestEmulator } from './createTestEmulator.ts';

type Json = Record<string, unknown>;

export const ADA = 'ada@example.com';
export const BOB = 'bob@example.com';
export const PHONE = '+15005550006';
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

const SHOP = {
  publicKey: 'EMULAT',
  keys: [{ key: 'pk_emulator_demo' }],
  lists: [
    { id: 'SINGLE', name: 'Newsletter' },
    { id: 'DOUBLE', name: 'Careful', optIn: 'double_opt_in' },
    { id: 'SECOND', name: 'Careful too', optIn: 'double_opt_in' },
  ],
} as const;

/** Options of the shop with some of its account's changed. */
export const account = (changes: Json): EmulatorOptions => ({ accounts: [{ ...SHOP, ...changes }] });

/** A scene in a shop with three lists, told in short words. */
export const inShop =
  (play: (shop: Shop) => Promise<unknown>, options: EmulatorOptions = {}): Rule['scene'] =>
  (open) =>
    play(shopOf(open({ ...account({}), ...options })));

export type Shop = ReturnType<typeof shopOf>;

export function shopOf({ send, emulator }: TestEmulator) {
  const post = (path: string, body: unknown) => send('POST', path, body);
  const read = (path: string, query: Record<string, string> = {}) =>
    send('GET', `${path}?${new URLSearchParams(query)}`);
  const subscription = (list: string | undefined, profile: Json, rest: Partial<SubscriptionSketch>) => ({
    profiles: [profile],
    ...rest,
    ...(list === undefined ? {} : { list }),
  });
  const members = (list: string) => `/api/lists/${list}/relationships/profiles`;
  return {
    ...writersOf({ send, emulator }),
    ...viewsOf({ send, emulator }),
    send,
    emulator,
    read,
    later: (ms: number) => emulator.clock.advance(ms),
    subscribe: (list?: string, profile: Json = byEmail(ADA, 'SUBSCRIBED'), rest: Partial<SubscriptionSketch> = {}) =>
      post(PATHS.subscribe, subscribeBody(subscription(list, profile, rest))),
    unsubscribe: (list?: string, profile: Json = byEmail(ADA, 'UNSUBSCRIBED')) =>
      post(PATHS.unsubscribe, unsubscribeBody(subscription(list, profile, {}))),
    join: (list: string, ...ids: string[]) => post(members(list), memberBody(ids)),
    leave: (list: string, ...ids: string[]) => send('DELETE', members(list), memberBody(ids)),
    /** Starts a job and returns the path it is read at. */
    importing: async (profiles: Json[], list?: string) =>
      pathOf(await post(PATHS.bulkImport, importBody(profiles, list))),
    suppress: async (...emails: string[]) => pathOf(await post(PATHS.suppress, suppressionBody('create', emails))),
    unsuppress: async (...emails: string[]) => pathOf(await post(PATHS.unsuppress, suppressionBody('delete', emails))),
    job: async (path: string) => (await read(path)).body.data.attributes,
  };
}

function writersOf({ send }: TestEmulator) {
  const post = (path: string, body: unknown) => send('POST', path, body);
  return {
    event: (sketch?: EventSketch) => post(PATHS.event, eventBody(sketch)),
    bulk: (...groups: Parameters<typeof bulkEventsBody>[0]) => post(PATHS.bulkEvents, bulkEventsBody(groups)),
    create: (attributes: Json) => post(PATHS.profiles, profileBody(attributes)),
    upsert: (attributes: Json, rest?: Json) => post(PATHS.profileImport, profileBody(attributes, rest)),
    /** Creates a profile and returns its id. */
    person: async (attributes: Json): Promise<string> =>
      (await post(PATHS.profiles, profileBody(attributes))).body.data.id,
    update: (id: string, attributes: Json, rest: Json = {}) =>
      send('PATCH', `${PATHS.profiles}/${id}`, profileBody(attributes, { id, ...rest })),
    merge: (into: string, source: string) => {
      const relationships = { profiles: { data: [{ type: 'profile', id: source }] } };
      return post(PATHS.merge, { data: { type: 'profile-merge', id: into, relationships } });
    },
    erase: (attributes: Json, rest: Json = {}) => {
      const profile = profileBody(attributes, rest);
      return post(PATHS.deletion, { data: { type: 'data-privacy-deletion-job', attributes: { profile } } });
    },
  };
}

function viewsOf({ emulator }: TestEmulator) {
  // Klaviyo's own metrics are not what a scene sent.
  const sent = () => emulator.state().events.filter(({ metric }) => /^(Viewed Product|Placed Order)$/.test(metric));
  const find = (email: string) => emulator.state().profiles.find((profile) => profile.email === email);
  return {
    sent,
    find,
    ids: () => sent().map(({ unique_id }) => unique_id),
    /** Each profile as `email|phone|external id|anonymous ids: its events`. */
    people: () =>
      emulator.state().profiles.map((profile) => {
        const { email, phone_number, external_id, anonymous_ids } = profile;
        const names = [email, phone_number, external_id, anonymous_ids.join('+') || null].map((name) => name ?? '-');
        const own = sent().filter((event) => event.profile === profile.id);
        return `${names.join('|')}: ${own.map(({ unique_id }) => unique_id).join(',')}`;
      }),
    /** What a profile agreed to, in one line; channels that were never decided are left out, e-mail excepted. */
    consent: (email = ADA) => {
      const profile = find(email);
      if (!profile) return 'nobody';
      const { consent, suppressions, list_suppressions, lists } = profile;
      const others = Object.entries(consent).filter(
        ([name, { consent }]) => name !== 'email' && !/NEVER/.test(consent),
      );
      const parts = [['email', consent.email] as const, ...others].map(([name, view]) => `${name} ${view.consent}`);
      const { pending } = consent.email;
      if (pending.length > 0) parts.push(`pending ${pending.map(({ list }) => list)}`);
      if (suppressions.length > 0) parts.push(`suppressed ${suppressions.map(({ reason }) => reason)}`);
      if (list_suppressions.length > 0) parts.push(`off ${list_suppressions.map(({ list }) => list)}`);
      if (lists.length > 0) parts.push(`in ${lists}`);
      return parts.join(', ');
    },
  };
}

function suppressionBody(verb: 'create' | 'delete', emails: string[]) {
  const data = emails.map((email) => ({ type: 'profile', attributes: { email } }));
  return { data: { type: `profile-suppression-bulk-${verb}-job`, attributes: { profiles: { data } } } };
}

const pathOf = ({ body }: Reply): string => new URL(body.data.links.self).pathname;
