import { DEMO_ACCOUNT } from '../../../src/options.ts';
import { bulkEventsBody, eventBody, profileBody } from '../bodies.ts';
import type { Example } from './Example.ts';
import { email, fullEvent, job, meta, person, toList } from './pieces.ts';

export function clientExamples(): Example[] {
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
