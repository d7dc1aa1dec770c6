import type { OperationName } from '../../src/operations.ts';
import { DEMO_ACCOUNT } from '../../src/options.ts';
import {
  bulkEventsBody,
  byEmail,
  eventBody,
  importBody,
  memberBody,
  PATHS,
  profileBody,
  subscribeBody,
  unsubscribeBody,
} from './bodies.ts';
import { createTestEmulator, HEADERS } from './createTestEmulator.ts';

/** A good request of one operation. */
export interface Example {
  readonly operation: OperationName;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Filters, sorts and pages. */
  readonly collection?: true;
  /** The least it takes: without any single member it is wrong. */
  readonly body?: object;
  /** All that it takes. */
  readonly full?: object;
  /** An array of the body, and how many items are too many for it. */
  readonly bound?: { readonly at: string; readonly tooMany: number };
}

const email = (name: string) => ({ email: `${name}@example.com` });
const job = (type: string, attributes: object, rest: object = {}) => ({ data: { type, attributes, ...rest } });
const resource = (type: string, id: string, attributes: object) => ({ data: { type, id, attributes } });
const toList = (id: string) => ({ relationships: { list: { data: { type: 'list', id } } } });
const addresses = (name: string) => ({ profiles: { data: [{ type: 'profile', attributes: email(name) }] } });

const accounts = [{ ...DEMO_ACCOUNT, segments: [{ id: 'SEGALL', name: 'Everybody' }] }];

/** An emulator that goes on from a snapshot of a furnished one. */
export const reopen = (snapshot: unknown) => createTestEmulator({ accounts, snapshot });

/** An emulator that holds one of everything, and the good requests to it. */
export async function furnish() {
  const opened = createTestEmulator({ accounts });
  const { send } = opened;
  const idOf = async (path: string, body: unknown): Promise<string> => {
    const reply = await send('POST', path, body);
    if (reply.status >= 300) throw new Error(`${path}: ${JSON.stringify(reply.body)}`);
    return reply.body.data.id;
  };
  const ada = await idOf(PATHS.profiles, profileBody(email('ada')));
  const bob = await idOf(PATHS.profiles, profileBody(email('bob')));
  await send('POST', PATHS.event, eventBody({ unique_id: 'first', profile: email('ada') }));
  await send('POST', '/api/lists/DEMO01/relationships/profiles', memberBody([ada, bob]));
  const stop = 'profile-suppression-bulk-create-job';
  const free = 'profile-suppression-bulk-delete-job';
  const ids = {
    ada,
    bob,
    importJob: await idOf(PATHS.bulkImport, importBody([email('ivy')])),
    suppressJob: await idOf(PATHS.suppress, job(stop, addresses('sue'))),
    unsuppressJob: await idOf(PATHS.unsuppress, job(free, addresses('sue'))),
    webhook: await idOf('/api/webhooks', webhookBody()),
    event: (await send('GET', PATHS.event)).body.data[0].id as string,
    metric: (await send('GET', '/api/metrics')).body.data[0].id as string,
  };
  return { ...opened, examples: listExamples(ids) };
}

const webhookBody = (rest: object = {}) => ({
  data: {
    type: 'webhook',
    attributes: {
      name: 'Shop',
      endpoint_url: 'https://shop.example.com/hook',
      secret_key: 'not-a-real-secret',
      ...rest,
    },
    relationships: { 'webhook-topics': { data: [{ type: 'webhook-topic', id: 'event:klaviyo.bounced_email' }] } },
  },
});

const location = {
  address1: 'Main square 1',
  address2: 'Door 2',
  city: 'Graz',
  country: 'AT',
  latitude: 47.07,
  longitude: '15.44',
  region: 'Styria',
  zip: '8010',
  timezone: 'Europe/Vienna',
  ip: '192.0.2.1',
};
const meta = { patch_properties: { append: { sizes: ['M'] }, unappend: { sizes: 'S' }, unset: 'old' } };
const person = {
  ...email('max'),
  phone_number: '+15005550010',
  external_id: 'shop-10',
  first_name: 'Max',
  last_name: 'Muster',
  organization: 'Shop',
  locale: 'de-AT',
  title: 'Dr',
  image: 'https://example.com/max.png',
  location,
  properties: { tier: 'gold', sizes: ['S', { deep: 1 }] },
};
const fullEvent = {
  time: '2026-11-01T12:00:00Z',
  value: 12.5,
  value_currency: 'EUR',
  unique_id: 'order-1',
  backfill: false,
  properties: { Items: [{ SKU: 'boots', Quantity: 1 }] },
};

function eventExamples(ids: { event: string; metric: string }): Example[] {
  const inside = eventBody({ ...fullEvent, profile: { ...person, anonymous_id: 'anon-1', meta } });
  const groups = [{ events: [fullEvent], profile: { ...person, anonymous_id: 'anon-1' }, profileRest: { meta } }];
  const group = { at: '/data/attributes/events-bulk-create/data/0/attributes/events/data', tooMany: 1001 };
  return [
    { operation: 'create_event', method: 'POST', path: PATHS.event, body: eventBody(), full: inside },
    {
      operation: 'bulk_create_events',
      method: 'POST',
      path: PATHS.bulkEvents,
      body: bulkEventsBody([{ events: [{}] }]),
      full: bulkEventsBody(groups),
      bound: group,
    },
    { operation: 'get_events', method: 'GET', path: PATHS.event, collection: true },
    { operation: 'get_event', method: 'GET', path: `${PATHS.event}/${ids.event}` },
    { operation: 'get_metrics', method: 'GET', path: '/api/metrics', collection: true },
    { operation: 'get_metric', method: 'GET', path: `/api/metrics/${ids.metric}` },
  ];
}

function profileExamples({ ada, bob }: { ada: string; bob: string }): Example[] {
  const at = `${PATHS.profiles}/${ada}`;
  const merge = { profiles: { data: [{ type: 'profile', id: bob }] } };
  const gone = { profile: { data: { type: 'profile', attributes: email('bob') } } };
  return [
    { operation: 'get_profiles', method: 'GET', path: PATHS.profiles, collection: true },
    {
      operation: 'create_profile',
      method: 'POST',
      path: PATHS.profiles,
      body: profileBody(email('new')),
      full: profileBody(person),
    },
    { operation: 'get_profile', method: 'GET', path: at },
    {
      operation: 'update_profile',
      method: 'PATCH',
      path: at,
      body: resource('profile', ada, {}),
      full: { data: { type: 'profile', id: ada, attributes: person, meta } },
    },
    {
      operation: 'create_or_update_profile',
      method: 'POST',
      path: PATHS.profileImport,
      body: profileBody(email('new')),
      full: profileBody(person, { meta }),
    },
    {
      operation: 'merge_profiles',
      method: 'POST',
      path: PATHS.merge,
      body: { data: { type: 'profile-merge', id: ada, relationships: merge } },
      bound: { at: '/data/relationships/profiles/data', tooMany: 2 },
    },
    { operation: 'get_lists_for_profile', method: 'GET', path: `${at}/lists` },
    { operation: 'get_list_ids_for_profile', method: 'GET', path: `${at}/relationships/lists` },
    {
      operation: 'request_profile_deletion',
      method: 'POST',
      path: PATHS.deletion,
      body: job('data-privacy-deletion-job', gone),
    },
  ];
}

function jobExamples(ids: { importJob: string; suppressJob: string; unsuppressJob: string }): Example[] {
  const at = `${PATHS.bulkImport}/${ids.importJob}`;
  const people = [{ ...person }, email('new')];
  const suppression = (operation: 'bulk_suppress_profiles' | 'bulk_unsuppress_profiles', path: string) => {
    const type = path.slice('/api/'.length, -1);
    const bound = { at: '/data/attributes/profiles/data', tooMany: 101 };
    return { operation, method: 'POST', path, body: job(type, addresses('bob')), bound } as const;
  };
  return [
    { operation: 'get_bulk_import_profiles_jobs', method: 'GET', path: PATHS.bulkImport, collection: true },
    {
      operation: 'bulk_import_profiles',
      method: 'POST',
      path: PATHS.bulkImport,
      body: importBody([email('new')]),
      full: importBody(people, 'DEMO01'),
      bound: { at: '/data/attributes/profiles/data', tooMany: 10_001 },
    },
    { operation: 'get_bulk_import_profiles_job', method: 'GET', path: at },
    {
      operation: 'get_errors_for_bulk_import_profiles_job',
      method: 'GET',
      path: `${at}/import-errors`,
      collection: true,
    },
    {
      operation: 'get_profile_ids_for_bulk_import_profiles_job',
      method: 'GET',
      path: `${at}/relationships/profiles`,
      collection: true,
    },
    suppression('bulk_suppress_profiles', PATHS.suppress),
    { operation: 'get_bulk_suppress_profiles_jobs', method: 'GET', path: PATHS.suppress, collection: true },
    { operation: 'get_bulk_suppress_profiles_job', method: 'GET', path: `${PATHS.suppress}/${ids.suppressJob}` },
    suppression('bulk_unsuppress_profiles', PATHS.unsuppress),
    { operation: 'get_bulk_unsuppress_profiles_job', method: 'GET', path: `${PATHS.unsuppress}/${ids.unsuppressJob}` },
  ];
}

function listExamplesOf({ ada }: { ada: string }): Example[] {
  const at = `${PATHS.lists}/DEMO01`;
  const members = { path: `${at}/relationships/profiles`, body: memberBody([ada]) };
  const bound = { at: '/data', tooMany: 1001 };
  const named = { name: 'VIP', opt_in_process: 'single_opt_in' };
  return [
    { operation: 'get_lists', method: 'GET', path: PATHS.lists, collection: true },
    {
      operation: 'create_list',
      method: 'POST',
      path: PATHS.lists,
      body: job('list', { name: 'VIP' }),
      full: job('list', named),
    },
    { operation: 'get_list', method: 'GET', path: at },
    {
      operation: 'update_list',
      method: 'PATCH',
      path: at,
      body: resource('list', 'DEMO01', {}),
      full: resource('list', 'DEMO01', named),
    },
    { operation: 'delete_list', method: 'DELETE', path: at },
    { operation: 'get_profiles_for_list', method: 'GET', path: `${at}/profiles`, collection: true },
    { operation: 'get_profile_ids_for_list', method: 'GET', path: members.path, collection: true },
    { operation: 'add_profiles_to_list', method: 'POST', ...members, bound },
    { operation: 'remove_profiles_from_list', method: 'DELETE', ...members, bound },
    { operation: 'get_segments', method: 'GET', path: '/api/segments', collection: true },
    { operation: 'get_segment', method: 'GET', path: '/api/segments/SEGALL' },
    { operation: 'get_profiles_for_segment', method: 'GET', path: '/api/segments/SEGALL/profiles', collection: true },
    {
      operation: 'get_profile_ids_for_segment',
      method: 'GET',
      path: '/api/segments/SEGALL/relationships/profiles',
      collection: true,
    },
  ];
}

const token = {
  token: 'push-1',
  platform: 'ios',
  vendor: 'apns',
  enablement_status: 'AUTHORIZED',
  background: 'AVAILABLE',
  device_metadata: { device_id: 'd1', klaviyo_sdk: 'swift', os_name: 'ios', environment: 'release' },
};

/** Consent on every channel. */
function allChannels(consent: 'SUBSCRIBED' | 'UNSUBSCRIBED', push: object) {
  const change = { consent };
  const both = { marketing: change, transactional: change };
  return {
    email: { marketing: change, open_tracking: change },
    sms: both,
    whatsapp: both,
    push: { marketing: change, ...push },
  };
}

function subscriptionExamples(): Example[] {
  const { phone_number } = person;
  const everywhere = { ...email('max'), phone_number };
  const subscriptions = allChannels('SUBSCRIBED', { tokens: [token], anonymous_id: 'anon-1' });
  const joining = { ...everywhere, age_gated_date_of_birth: '1990-01-01', subscriptions };
  const leaving = { ...everywhere, subscriptions: allChannels('UNSUBSCRIBED', { tokens: [token] }) };
  const at = '/data/attributes/profiles/data';
  return [
    {
      operation: 'bulk_subscribe_profiles',
      method: 'POST',
      path: PATHS.subscribe,
      body: subscribeBody({ profiles: [byEmail('bob@example.com', 'SUBSCRIBED')] }),
      full: subscribeBody({ list: 'DEMO01', custom_source: 'Footer', historical_import: false, profiles: [joining] }),
      bound: { at, tooMany: 1001 },
    },
    {
      operation: 'bulk_unsubscribe_profiles',
      method: 'POST',
      path: PATHS.unsubscribe,
      body: unsubscribeBody({ profiles: [byEmail('bob@example.com', 'UNSUBSCRIBED')] }),
      full: unsubscribeBody({ list: 'DEMO01', profiles: [leaving] }),
      bound: { at, tooMany: 101 },
    },
  ];
}

function webhookExamples({ webhook }: { webhook: string }): Example[] {
  const at = `/api/webhooks/${webhook}`;
  const { relationships } = webhookBody().data;
  const attributes = { ...webhookBody().data.attributes, description: 'Consent', enabled: true };
  return [
    { operation: 'get_webhook_topics', method: 'GET', path: '/api/webhook-topics' },
    { operation: 'get_webhooks', method: 'GET', path: '/api/webhooks' },
    {
      operation: 'create_webhook',
      method: 'POST',
      path: '/api/webhooks',
      body: webhookBody(),
      full: webhookBody({ description: 'Consent' }),
    },
    { operation: 'get_webhook', method: 'GET', path: at },
    {
      operation: 'update_webhook',
      method: 'PATCH',
      path: at,
      body: resource('webhook', webhook, {}),
      full: { data: { type: 'webhook', id: webhook, attributes, relationships } },
    },
    { operation: 'delete_webhook', method: 'DELETE', path: at },
  ];
}

function clientExamples(): Example[] {
  const path = (name: string) => `/client/${name}?company_id=${DEMO_ACCOUNT.publicKey}`;
  const group = (of: Parameters<typeof bulkEventsBody>[0]) => ({
    data: bulkEventsBody(of).data.attributes['events-bulk-create'].data[0],
  });
  const profile = { ...person, anonymous_id: 'anon-1' };
  const subscription = (attributes: object, rest: object = {}) =>
    job('subscription', { profile: { data: { type: 'profile', attributes } }, ...rest }, toList('DEMO01'));
  const change = { consent: 'SUBSCRIBED' };
  const subscriptions = { email: { marketing: change }, sms: { marketing: change } };
  return [
    {
      operation: 'create_client_event',
      method: 'POST',
      path: path('events'),
      body: eventBody(),
      full: eventBody({ ...fullEvent, profile: { ...profile, meta } }),
    },
    {
      operation: 'bulk_create_client_events',
      method: 'POST',
      path: path('event-bulk-create'),
      body: group([{ events: [{}] }]),
      full: group([{ events: [fullEvent], profile, profileRest: { meta } }]),
      bound: { at: '/data/attributes/events/data', tooMany: 1001 },
    },
    {
      operation: 'create_client_profile',
      method: 'POST',
      path: path('profiles'),
      body: profileBody(email('new')),
      full: profileBody(profile, { meta }),
    },
    {
      operation: 'create_client_subscription',
      method: 'POST',
      path: path('subscriptions'),
      body: subscription(email('new')),
      full: subscription({ ...person, meta, subscriptions }, { custom_source: 'Footer form' }),
    },
  ];
}

type Ids = Parameters<typeof eventExamples>[0] &
  Parameters<typeof profileExamples>[0] &
  Parameters<typeof jobExamples>[0] &
  Parameters<typeof webhookExamples>[0];

function listExamples(ids: Ids): Example[] {
  return [
    { operation: 'get_accounts', method: 'GET', path: '/api/accounts' },
    { operation: 'get_account', method: 'GET', path: `/api/accounts/${DEMO_ACCOUNT.publicKey}` },
    ...eventExamples(ids),
    ...profileExamples(ids),
    ...jobExamples(ids),
    ...listExamplesOf(ids),
    ...subscriptionExamples(),
    ...webhookExamples(ids),
    ...clientExamples(),
  ];
}

/** Headers of a good request; pages of browsers have no private key. */
export function headersFor({ path }: Example): Record<string, string> {
  const { authorization: _authorization, ...anonymous } = HEADERS;
  return path.startsWith('/client/') ? anonymous : HEADERS;
}
