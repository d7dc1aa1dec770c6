import { EventEnum, ProfileEnum } from 'klaviyo-api';
import { START_MS } from '../support/createTestEmulator.ts';
import type { Witness } from '../support/openWitness.ts';
import type { Scene } from './Scene.ts';

const ADA = 'ada+shop@example.com';

const event = (name: string, rest: { uniqueId?: string; value?: number; time?: Date } = {}) => ({
  type: EventEnum.Event,
  attributes: {
    properties: { ProductName: 'Boots' },
    ...rest,
    metric: { data: { type: 'metric' as const, attributes: { name } } },
  },
});

const person = (attributes: { email: string; anonymousId?: string; firstName?: string }) => ({
  data: { type: ProfileEnum.Profile, attributes },
});

const createEvent = ({ events }: Witness, email: string, made: ReturnType<typeof event>) =>
  events.createEvent({ data: { ...made, attributes: { ...made.attributes, profile: person({ email }) } } });

export const EVENT_SCENES: Scene[] = [
  {
    does: 'creates one event and reads it back with its metric and profile',
    async play({ events, profiles, later }) {
      const view = event('Viewed Product', { uniqueId: 'view-1', value: 9.5, time: new Date(START_MS) });
      const created = await events.createEvent({
        data: {
          ...view,
          attributes: {
            ...view.attributes,
            valueCurrency: 'EUR',
            backfill: false,
            profile: {
              data: {
                type: ProfileEnum.Profile,
                attributes: {
                  email: ADA,
                  anonymousId: 'anon-1',
                  meta: { patchProperties: { append: { seen: 'boots' } } },
                },
              },
            },
          },
        },
      });
      later();
      const found = await profiles.getProfiles({ filter: `equals(email,"${ADA}")` });
      const id = found.body.data[0]?.id;
      const read = await events.getEvents({ filter: `equals(profile_id,"${id}")`, include: ['metric', 'profile'] });
      return {
        status: created.response.status,
        events: read.body.data.map(({ attributes }) => [attributes.datetime?.getTime(), attributes.eventProperties]),
        included: read.body.included?.map(({ type }) => type),
        properties: found.body.data[0]?.attributes.properties,
      };
    },
    seen: {
      status: 202,
      events: [[START_MS, { ProductName: 'Boots', $event_id: 'view-1', $value: 9.5, $currency_code: 'EUR' }]],
      included: ['metric', 'profile'],
      properties: { seen: ['boots'] },
    },
  },
  {
    does: 'creates events in bulk, once for each unique_id, and reads metric and event by their ids',
    async play({ events, metrics, later }) {
      const orders = ['o-1', 'o-2', 'o-1'].map((uniqueId) => event('Placed Order', { uniqueId, value: 50 }));
      const { response } = await events.bulkCreateEvents({
        data: {
          type: 'event-bulk-create-job',
          attributes: {
            eventsBulkCreate: {
              data: [
                {
                  type: 'event-bulk-create',
                  attributes: { profile: person({ email: 'bob@example.com' }), events: { data: orders } },
                },
              ],
            },
          },
        },
      });
      later();
      const metricId = (await metrics.getMetrics()).body.data[0]?.id ?? '';
      const metric = await metrics.getMetric(metricId, { fieldsMetric: ['name'] });
      const read = await events.getEvents({ filter: `equals(metric_id,"${metricId}")`, sort: 'datetime' });
      const one = await events.getEvent(read.body.data[0]?.id ?? '', { include: ['metric'] });
      return {
        status: response.status,
        orders: read.body.data.map(({ attributes }) => Reflect.get(attributes.eventProperties ?? {}, '$event_id')),
        metric: metric.body.data.attributes.name,
        one: [one.body.data.id === read.body.data[0]?.id, one.body.included?.map(({ type }) => type)],
      };
    },
    seen: { status: 202, orders: ['o-1', 'o-2'], metric: 'Placed Order', one: [true, ['metric']] },
  },
  {
    does: 'follows the pages of events to their end and back',
    async play(klaviyo) {
      const { events, later } = klaviyo;
      for (const uniqueId of ['1', '2', '3']) {
        later();
        await createEvent(klaviyo, ADA, event('Viewed Product', { uniqueId }));
      }
      later();
      const read = (pageCursor?: string) => events.getEvents({ pageSize: 2, ...(pageCursor && { pageCursor }) });
      const first = await read();
      // The client takes cursors out of https links alone; a link of a loopback server is read here.
      const cursor = (link: string | undefined) => new URL(link ?? '').searchParams.get('page[cursor]') ?? '';
      const second = await read(cursor(first.body.links?.next));
      const back = await read(cursor(second.body.links?.prev));
      const ids = (page: typeof first) =>
        page.body.data.map(({ attributes }) => Reflect.get(attributes.eventProperties ?? {}, '$event_id'));
      return { pages: [first, second, back].map(ids), end: second.body.links?.next ?? null };
    },
    seen: { pages: [['3', '2'], ['1'], ['3', '2']], end: null },
  },
];
