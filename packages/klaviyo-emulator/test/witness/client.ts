import type { Witness } from '../support/openWitness.ts';
import type { Scene } from './Scene.ts';

// The official client has none of the /client operations, which are for browsers: a plain fetch writes them, as a page
// would, and the official client reads what came of it.
async function send({ url }: Witness, path: string, data: unknown) {
  const init = {
    method: 'POST',
    headers: { revision: '2026-07-15', 'content-type': 'application/vnd.api+json' },
    body: JSON.stringify({ data }),
  };
  const response = await fetch(`${url}/client/${path}?company_id=EMULAT`, init);
  return [response.status, await response.text()];
}

const ADA = { data: { type: 'profile', attributes: { email: 'ada@example.com' } } };
const metric = { data: { type: 'metric', attributes: { name: 'Viewed Product' } } };
const view = (unique_id: string) => ({ type: 'event', attributes: { properties: {}, unique_id, metric } });

export const CLIENT_SCENES: Scene[] = [
  {
    does: "reads the events of a browser's page, single and in bulk",
    async play(klaviyo) {
      const single = view('one');
      const answers = [
        await send(klaviyo, 'events', { ...single, attributes: { ...single.attributes, profile: ADA } }),
        await send(klaviyo, 'event-bulk-create', {
          type: 'event-bulk-create',
          attributes: { profile: ADA, events: { data: [view('two'), view('three')] } },
        }),
      ];
      klaviyo.later();
      const { body } = await klaviyo.events.getEvents({ include: ['profile'] });
      const ids = body.data.map(({ attributes }) => Reflect.get(attributes.eventProperties ?? {}, '$event_id'));
      return { answers, events: ids.sort(), profiles: body.included?.length };
    },
    seen: {
      answers: [
        [202, ''],
        [202, ''],
      ],
      events: ['one', 'three', 'two'],
      profiles: 1,
    },
  },
  {
    does: "reads the profile and the consent of a browser's page",
    async play(klaviyo) {
      const attributes = { ...ADA.data.attributes, first_name: 'Ada' };
      const subscriptions = { email: { marketing: { consent: 'SUBSCRIBED' } } };
      const answers = [
        await send(klaviyo, 'profiles', { type: 'profile', attributes }),
        await send(klaviyo, 'subscriptions', {
          type: 'subscription',
          attributes: {
            custom_source: 'Footer form',
            profile: { data: { type: 'profile', attributes: { ...ADA.data.attributes, subscriptions } } },
          },
          relationships: { list: { data: { type: 'list', id: 'DEMO01' } } },
        }),
      ];
      klaviyo.later();
      const { body } = await klaviyo.lists.getProfilesForList('DEMO01', { additionalFieldsProfile: ['subscriptions'] });
      const members = body.data.map(({ attributes: { firstName, subscriptions: held } }) => {
        return [firstName, held?.email?.marketing?.consent];
      });
      return { answers, members };
    },
    seen: {
      answers: [
        [202, ''],
        [202, ''],
      ],
      members: [['Ada', 'SUBSCRIBED']],
    },
  },
];
