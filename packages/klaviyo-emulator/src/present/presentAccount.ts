import type { Call } from '../http/Call.ts';
import { pickFields } from '../read/pickFields.ts';

export function presentAccount(call: Call) {
  const { account } = call;
  const self = `${call.origin}/api/accounts/${account.publicKey}`;
  return pickFields(
    {
      type: 'account',
      id: account.publicKey,
      attributes: {
        test_account: true,
        contact_information: {
          default_sender_name: account.name,
          default_sender_email: 'shop@example.com',
          website_url: 'https://shop.example.com',
          organization_name: account.name,
          street_address: { address1: null, address2: null, city: null, region: null, country: null, zip: null },
        },
        industry: null,
        timezone: 'UTC',
        preferred_currency: 'EUR',
        public_api_key: account.publicKey,
        locale: 'en-US',
      },
      links: { self },
    },
    call.query,
  );
}
