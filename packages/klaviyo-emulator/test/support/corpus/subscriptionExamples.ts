import { byEmail, PATHS, subscribeBody, unsubscribeBody } from '../bodies.ts';
import type { Example } from './Example.ts';
import { email, person } from './pieces.ts';

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

export function subscriptionExamples(): Example[] {
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
