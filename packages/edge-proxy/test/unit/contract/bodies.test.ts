import { METRIC_OF_EVENT } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { LANES } from '../../../src/deliver/lanes/index.ts';
import { type StoredItem, storeItem } from '../../../src/deliver/storedItem.ts';
import { OPERATIONS } from '../../../src/klaviyo/operations.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { callsOf } from '../deliver/support/callsOf.ts';
import {
  eraseItem,
  memberItem,
  profileItem,
  receivedAtMs,
  singleItem,
  storedEvent,
  subscribeItem,
  unsubscribeItem,
} from '../deliver/support/items.ts';
import { accept } from '../map/support/accept.ts';
import { makeSettings } from '../map/support/settings.ts';
import { loadContract } from './support/loadContract.ts';

const contract = loadContract();
const location = { city: 'Oslo', country: 'NO', latitude: 59.9, longitude: 10.7 };

/** Items as they really are: every event of the specification and an identify, mapped. */
function mapped(): StoredItem[] {
  const product = {
    product_id: 'p',
    sku: 'A',
    name: 'Tee',
    price: 10,
    quantity: 2,
    image_url: 'https://shop.example/a.png',
  };
  const properties = { ...product, order_id: '1001', total: 20, currency: 'EUR', products: [product], query: 'tee' };
  const messages = [...Object.keys(METRIC_OF_EVENT), 'Ping'].map((event, index) => ({
    type: 'track',
    event,
    messageId: `m${index}`,
    anonymousId: 'anon-1',
    properties: { ...properties, email: 'ada@example.com', phone: '+12025550123' },
  }));
  const traits = {
    email: 'ada@example.com',
    phone: '+12025550123',
    firstName: 'Ada',
    tier: { level: 2 },
    address: { city: 'Oslo' },
  };
  const identify = { type: 'identify', messageId: 'i', userId: 'u-1', traits };
  const page = { type: 'page', messageId: 'p', anonymousId: 'anon-1', name: 'Home' };
  const settings = makeSettings({ trusted: true });
  return [...messages, identify, page].flatMap((message) =>
    mapEvent(accept(message, { location }), settings).map(storeItem),
  );
}

const items: StoredItem[] = [
  ...mapped(),
  storedEvent('kx', { who: { _kx: 'abc' }, location }),
  storedEvent('old', { timeMs: receivedAtMs - 1e10, value: 1.5, currency: 'EUR' }),
  profileItem('p', { attributes: { first_name: 'Ada', location: { ...location, zip: '0150' } } }),
  subscribeItem('s'),
  subscribeItem('t', { who: { phone_number: '+12025550123' }, channels: ['sms'], list: null }),
  subscribeItem('u', { who: { email: 'a@example.com', phone_number: '+12025550123' }, channels: ['email', 'sms'] }),
  unsubscribeItem('v', { who: { email: 'a@example.com', phone_number: '+12025550123' }, channels: ['email', 'sms'] }),
  unsubscribeItem('w', { who: { phone_number: '+12025550123' }, channels: ['sms'] }),
  eraseItem('e'),
  eraseItem('f', { who: { phone_number: '+12025550123' } }),
  eraseItem('g', { who: {}, profileId: '01HX' }),
  singleItem('x', { who: { email: 'a@example.com', phone_number: '+12025550123', external_id: 'u-1' } }),
  singleItem('y', { patch: { append: { tags: ['a'] }, unappend: { tags: ['b'] }, unset: ['size'] } }),
  memberItem('z'),
  memberItem('r', { action: 'remove' }),
];

describe.skipIf(contract === undefined)("Klaviyo's OpenAPI document", () => {
  it('has each operation where we call it', () => {
    const places = Object.entries(OPERATIONS).map(([id, { method, path }]) => [id, `${method} ${path}`]);
    expect(Object.fromEntries(places)).toEqual(
      Object.fromEntries(places.map(([id]) => [id, contract?.place(id ?? '')?.replace(/\{\w+\}/, '{id}')])),
    );
  });

  it.each(Object.values(LANES).map(({ name }) => name))('takes the bodies of the lane %s', (name) => {
    const calls = callsOf(items.filter((item) => item.lane === name));
    const wrong = calls.flatMap(({ operation, body }) => contract?.request(operation, body));
    expect([calls.length > 0, wrong]).toEqual([true, []]);
  });

  it('would not take just anything', () => {
    const operations = Object.entries(OPERATIONS).flatMap(([name, { method }]) => (method === 'GET' ? [] : [name]));
    expect(operations.filter((name) => contract?.request(name, { data: { type: 'x' } }).length === 0)).toEqual([]);
  });
});
