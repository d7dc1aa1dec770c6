// What several good bodies are made of.

export const email = (name: string) => ({ email: `${name}@example.com` });
export const job = (type: string, attributes: object, rest: object = {}) => ({ data: { type, attributes, ...rest } });
export const resource = (type: string, id: string, attributes: object) => ({ data: { type, id, attributes } });
export const toList = (id: string) => ({ relationships: { list: { data: { type: 'list', id } } } });
export const addresses = (name: string) => ({ profiles: { data: [{ type: 'profile', attributes: email(name) }] } });

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
export const meta = { patch_properties: { append: { sizes: ['M'] }, unappend: { sizes: 'S' }, unset: 'old' } };
/** A profile that says everything of itself. */
export const person = {
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
/** An event but for its metric and its profile. */
export const fullEvent = {
  time: '2026-11-01T12:00:00Z',
  value: 12.5,
  value_currency: 'EUR',
  unique_id: 'order-1',
  backfill: false,
  properties: { Items: [{ SKU: 'boots', Quantity: 1 }] },
};
