type Json = Record<string, unknown>;

const metric = (name: string) => ({ data: { type: 'metric', attributes: { name } } });
const profile = (attributes: Json, rest: Json = {}) => ({ data: { type: 'profile', ...rest, attributes } });

export interface EventSketch {
  metric?: string;
  profile?: Json;
  /** Beside the profile's attributes, such as an id. */
  profileRest?: Json;
  [attribute: string]: unknown;
}

/** A create_event body; attributes that are not named here go in as they are. */
export function eventBody(sketch: EventSketch = {}) {
  const {
    metric: name = 'Viewed Product',
    profile: about = { email: 'ada@example.com' },
    profileRest,
    ...rest
  } = sketch;
  const attributes = {
    properties: { ProductName: 'Boots' },
    ...rest,
    metric: metric(name),
    profile: profile(about, profileRest),
  };
  return { data: { type: 'event', attributes } };
}

/** A bulk_create_events body: groups of one profile and its events. */
export function bulkEventsBody(groups: { profile?: Json; profileRest?: Json; events: EventSketch[]; group?: Json }[]) {
  const data = groups.map(({ profile: about = { email: 'ada@example.com' }, profileRest, events, group }) => ({
    type: 'event-bulk-create',
    attributes: {
      ...group,
      profile: profile(about, profileRest),
      events: {
        data: events.map(({ metric: name = 'Viewed Product', ...rest }) => ({
          type: 'event',
          attributes: { properties: {}, ...rest, metric: metric(name) },
        })),
      },
    },
  }));
  return { data: { type: 'event-bulk-create-job', attributes: { 'events-bulk-create': { data } } } };
}

export const profileBody = (attributes: Json, rest: Json = {}) => profile(attributes, rest);

export function importBody(profiles: Json[], listId?: string) {
  const data = profiles.map((attributes) => ({ type: 'profile', attributes }));
  const relationships =
    listId === undefined ? {} : { relationships: { lists: { data: [{ type: 'list', id: listId }] } } };
  return { data: { type: 'profile-bulk-import-job', attributes: { profiles: { data } }, ...relationships } };
}

export interface SubscriptionSketch {
  profiles: Json[];
  list?: string;
  historical_import?: boolean;
  custom_source?: string;
}

function subscriptionBody(type: string, { profiles, list, ...rest }: SubscriptionSketch) {
  const data = profiles.map((attributes) => ({ type: 'profile', attributes }));
  const relationships = list === undefined ? {} : { relationships: { list: { data: { type: 'list', id: list } } } };
  return { data: { type, attributes: { ...rest, profiles: { data } }, ...relationships } };
}

export const subscribeBody = (sketch: SubscriptionSketch) =>
  subscriptionBody('profile-subscription-bulk-create-job', sketch);
export const unsubscribeBody = (sketch: SubscriptionSketch) =>
  subscriptionBody('profile-subscription-bulk-delete-job', sketch);

export const byEmail = (email: string, consent: 'SUBSCRIBED' | 'UNSUBSCRIBED', rest: Json = {}) => ({
  email,
  subscriptions: { email: { marketing: { consent, ...rest } } },
});

export const bySms = (phone_number: string, consent: 'SUBSCRIBED' | 'UNSUBSCRIBED') => ({
  phone_number,
  subscriptions: { sms: { marketing: { consent } } },
});

export const memberBody = (ids: string[]) => ({ data: ids.map((id) => ({ type: 'profile', id })) });

export const listBody = (name: string, opt_in_process?: string) => ({
  data: { type: 'list', attributes: { name, ...(opt_in_process === undefined ? {} : { opt_in_process }) } },
});

export const PATHS = {
  event: '/api/events',
  bulkEvents: '/api/event-bulk-create-jobs',
  profiles: '/api/profiles',
  profileImport: '/api/profile-import',
  bulkImport: '/api/profile-bulk-import-jobs',
  lists: '/api/lists',
  subscribe: '/api/profile-subscription-bulk-create-jobs',
  unsubscribe: '/api/profile-subscription-bulk-delete-jobs',
  suppress: '/api/profile-suppression-bulk-create-jobs',
  unsuppress: '/api/profile-suppression-bulk-delete-jobs',
  deletion: '/api/data-privacy-deletion-jobs',
  merge: '/api/profile-merge',
} as const;
