import { MessageSchema } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { readCountry } from '../../../src/consent/readCountry.ts';

const order = (properties: object, context?: object) =>
  MessageSchema.parse({ type: 'track', event: 'Order Completed', userId: 'u', properties, context });

describe('the country whose rules protect the customer', () => {
  it.each([
    ['DE', 'DE'],
    ['us', 'US'],
    ['XX', undefined],
    ['T1', undefined],
    [undefined, undefined],
  ])('is for a page what the edge sees: %s', (edge, expected) => {
    expect(readCountry(order({ shipping_address: { country: 'FR' } }), 'public', edge)).toBe(expected);
  });

  it.each([
    ['what the context says', order({}, { location: { country: 'de' } }), 'DE'],
    ['the shipping address', order({ shipping_address: { country_code: 'FR', country: 'France' } }), 'FR'],
    [
      'the billing address when nothing else has a code',
      order({ shipping_address: { country: 'France' }, billing_address: { country: 'BE' } }),
      'BE',
    ],
    ['unknown where only a name stands', order({ shipping_address: { country: 'Germany' } }), undefined],
    ['unknown where nothing stands, wherever the data centre is', order({}), undefined],
    [
      "the address among an identify's traits",
      MessageSchema.parse({ type: 'identify', userId: 'u', traits: { address: { country: 'NL' } } }),
      'NL',
    ],
    [
      'the address that the context remembers of the customer',
      order({ billing_address: { country: 'BE' } }, { traits: { address: { country: 'NL' } } }),
      'NL',
    ],
    ["the shipping address by Klaviyo's names", order({ ShippingAddress: { CountryCode: 'SE' } }), 'SE'],
    ['Britain, as many abbreviate it', order({ shipping: { country: 'uk' } }), 'GB'],
    ['the country beside a code that is none', order({ shipping: { country_code: '', country: 'DK' } }), 'DK'],
  ])('is for a server %s', (_title, message, expected) => {
    expect(readCountry(message, 'server', 'US')).toBe(expected);
  });
});
