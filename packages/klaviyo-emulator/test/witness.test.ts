import {
  AccountsApi,
  ApiKeySession,
  DataPrivacyApi,
  EventEnum,
  EventsApi,
  ListEnum,
  ListsApi,
  MetricsApi,
  ProfileEnum,
  ProfilesApi,
} from 'klaviyo-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedEmulator, serveEmulator } from '../src/node.ts';
import { START_MS } from './support/createTestEmulator.ts';

// The official client is the one reader of this API that was not written here.
let served: ServedEmulator;
let events: EventsApi;
let profiles: ProfilesApi;
let lists: ListsApi;
let metrics: MetricsApi;
let accounts: AccountsApi;
let privacy: DataPrivacyApi;

const ADA = 'ada+shop@example.com';

beforeAll(async () => {
  served = await serveEmulator({ clock: { startMs: START_MS }, visibilityDelayMs: 100, jobStepMs: 100 });
  const session = new ApiKeySession('pk_emulator_demo');
  const at = <T extends { basePath: string }>(api: T): T => Object.assign(api, { basePath: served.url });
  events = at(new EventsApi(session));
  profiles = at(new ProfilesApi(session));
  lists = at(new ListsApi(session));
  metrics = at(new MetricsApi(session));
  accounts = at(new AccountsApi(session));
  privacy = at(new DataPrivacyApi(session));
});

afterAll(() => served.close());

const later = (ms = 200) => served.emulator.clock.advance(ms);

test('the official client reads the account of its key', async () => {
  const { body } = await accounts.getAccounts();
  expect(body.data.map(({ attributes }) => attributes.publicApiKey)).toEqual(['EMULAT']);
});

test('the official client creates one event and reads it back with its metric and profile', async () => {
  const created = await events.createEvent({
    data: {
      type: EventEnum.Event,
      attributes: {
        properties: { ProductName: 'Boots' },
        time: new Date(START_MS),
        value: 9.5,
        valueCurrency: 'EUR',
        uniqueId: 'view-1',
        metric: { data: { type: 'metric', attributes: { name: 'Viewed Product' } } },
        profile: { data: { type: ProfileEnum.Profile, attributes: { email: ADA, anonymousId: 'anon-1' } } },
      },
    },
  });
  later();
  const found = await profiles.getProfiles({ filter: `equals(email,"${ADA}")` });
  const id = found.body.data[0]?.id;
  const read = await events.getEvents({ filter: `equals(profile_id,"${id}")`, include: ['metric', 'profile'] });
  expect({
    status: created.response.status,
    events: read.body.data.map(({ attributes }) => [attributes.datetime?.getTime(), attributes.eventProperties]),
    included: read.body.included?.map(({ type }) => type),
  }).toEqual({
    status: 202,
    events: [[START_MS, { ProductName: 'Boots', $event_id: 'view-1', $value: 9.5, $currency_code: 'EUR' }]],
    included: ['metric', 'profile'],
  });
});

test('the official client creates events in bulk, once for each unique_id', async () => {
  const order = (uniqueId: string) => ({
    type: EventEnum.Event,
    attributes: {
      properties: { OrderId: uniqueId },
      value: 50,
      uniqueId,
      metric: { data: { type: 'metric' as const, attributes: { name: 'Placed Order' } } },
    },
  });
  const { response } = await events.bulkCreateEvents({
    data: {
      type: 'event-bulk-create-job',
      attributes: {
        eventsBulkCreate: {
          data: [
            {
              type: 'event-bulk-create',
              attributes: {
                profile: { data: { type: ProfileEnum.Profile, attributes: { email: 'bob@example.com' } } },
                events: { data: [order('o-1'), order('o-2'), order('o-1')] },
              },
            },
          ],
        },
      },
    },
  });
  later();
  const metric = (await metrics.getMetrics()).body.data.find(({ attributes }) => attributes.name === 'Placed Order');
  const read = await events.getEvents({ filter: `equals(metric_id,"${metric?.id}")`, sort: 'datetime' });
  expect([response.status, read.body.data.length]).toEqual([202, 2]);
});

test('the official client creates, updates and reads profiles, and hears of a duplicate', async () => {
  const attributes = { email: 'eve@example.com', firstName: 'Eve', location: { city: 'Graz' } };
  const first = await profiles.createOrUpdateProfile({ data: { type: ProfileEnum.Profile, attributes } });
  const second = await profiles.createOrUpdateProfile({
    data: { type: ProfileEnum.Profile, attributes: { email: 'eve@example.com', lastName: 'Lee' } },
  });
  const id = second.body.data.id ?? '';
  await profiles.updateProfile(id, {
    data: { type: ProfileEnum.Profile, id, attributes: { properties: { tier: 'gold' } } },
  });
  const read = await profiles.getProfile(id, { additionalFieldsProfile: ['subscriptions'] });
  const duplicate = await profiles
    .createProfile({ data: { type: ProfileEnum.Profile, attributes: { email: 'eve@example.com' } } })
    .catch((error) => error.response);
  expect({
    statuses: [first.response.status, second.response.status, duplicate.status],
    duplicate: duplicate.data.errors[0].meta.duplicate_profile_id,
    name: [read.body.data.attributes.firstName, read.body.data.attributes.lastName],
    city: read.body.data.attributes.location?.city,
    properties: read.body.data.attributes.properties,
    consent: read.body.data.attributes.subscriptions?.email?.marketing?.consent,
  }).toEqual({
    statuses: [201, 200, 409],
    duplicate: id,
    name: ['Eve', 'Lee'],
    city: 'Graz',
    properties: { tier: 'gold' },
    consent: 'NEVER_SUBSCRIBED',
  });
});

test('the official client imports profiles in bulk into a list and follows the job', async () => {
  const { body } = await profiles.bulkImportProfiles({
    data: {
      type: 'profile-bulk-import-job',
      attributes: {
        profiles: {
          data: ['i1@example.com', 'i2@example.com'].map((email) => ({
            type: ProfileEnum.Profile,
            attributes: { email },
          })),
        },
      },
      relationships: { lists: { data: [{ type: ListEnum.List, id: 'DEMO01' }] } },
    },
  });
  const status = async () => (await profiles.getBulkImportProfilesJob(body.data.id)).body.data.attributes.status;
  const statuses = [await status()];
  later(100);
  statuses.push(await status());
  later(100);
  statuses.push(await status());
  const errors = await profiles.getErrorsForBulkImportProfilesJob(body.data.id);
  const members = await lists.getProfilesForList('DEMO01', { pageSize: 1 });
  expect({
    statuses,
    errors: errors.body.data,
    pageOfOne: members.body.data.length,
    more: Boolean(members.body.links?.next),
  }).toEqual({ statuses: ['queued', 'processing', 'complete'], errors: [], pageOfOne: 1, more: true });
});

test('the official client subscribes and unsubscribes, and reads the consent back', async () => {
  const consentOf = async (email: string) => {
    const found = await profiles.getProfiles({
      filter: `equals(email,"${email}")`,
      additionalFieldsProfile: ['subscriptions'],
    });
    return found.body.data[0]?.attributes.subscriptions?.email?.marketing?.consent;
  };
  await profiles.bulkSubscribeProfiles({
    data: {
      type: 'profile-subscription-bulk-create-job',
      attributes: {
        customSource: 'Footer form',
        profiles: {
          data: [
            {
              type: ProfileEnum.Profile,
              attributes: { email: ADA, subscriptions: { email: { marketing: { consent: 'SUBSCRIBED' } } } },
            },
          ],
        },
      },
      relationships: { list: { data: { type: ListEnum.List, id: 'DEMO01' } } },
    },
  });
  later();
  const before = await consentOf(ADA);
  await profiles.bulkUnsubscribeProfiles({
    data: {
      type: 'profile-subscription-bulk-delete-job',
      attributes: {
        profiles: {
          data: [
            {
              type: ProfileEnum.Profile,
              attributes: { email: ADA, subscriptions: { email: { marketing: { consent: 'UNSUBSCRIBED' } } } },
            },
          ],
        },
      },
    },
  });
  later();
  expect([before, await consentOf(ADA)]).toEqual(['SUBSCRIBED', 'UNSUBSCRIBED']);
});

test('the official client creates a list and changes its members by id', async () => {
  const created = await lists.createList({
    data: { type: ListEnum.List, attributes: { name: 'VIP', optInProcess: 'single_opt_in' } },
  });
  const listId = created.body.data.id;
  const id = (await profiles.getProfiles({ filter: `any(email,["${ADA}"])` })).body.data[0]?.id ?? '';
  await lists.addProfilesToList(listId, { data: [{ type: ProfileEnum.Profile, id }] });
  const added = await lists.getProfileIdsForList(listId);
  const listsOfAda = await profiles.getListIdsForProfile(id);
  await lists.removeProfilesFromList(listId, { data: [{ type: ProfileEnum.Profile, id }] });
  const removed = await lists.getProfileIdsForList(listId);
  expect([
    added.body.data.length,
    listsOfAda.body.data.map((list) => list.id).includes(listId),
    removed.body.data,
  ]).toEqual([1, true, []]);
});

test('the official client has a profile deleted with all its events', async () => {
  await privacy.requestProfileDeletion({
    data: {
      type: 'data-privacy-deletion-job',
      attributes: { profile: { data: { type: ProfileEnum.Profile, attributes: { email: 'bob@example.com' } } } },
    },
  });
  later();
  const { body } = await profiles.getProfiles({ filter: 'equals(email,"bob@example.com")' });
  const orders = served.emulator.state().events.filter(({ metric }) => metric === 'Placed Order');
  expect([body.data, orders]).toEqual([[], []]);
});

test('the official client waits for Retry-After and then gets through', async () => {
  served.emulator.faults.replace([{ operation: 'get_metrics', status: 429, retryAfterSeconds: 0 }]);
  const { response } = await metrics.getMetrics();
  const statuses = served.emulator
    .requests()
    .slice(-2)
    .map(({ operation, status }) => [operation, status]);
  expect([response.status, statuses]).toEqual([
    200,
    [
      ['get_metrics', 429],
      ['get_metrics', 200],
    ],
  ]);
});
