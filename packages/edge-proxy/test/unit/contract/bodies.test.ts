import { METRIC_OF_EVENT } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { LANES, laneOf } from '../../../src/deliver/lanes/index.ts';
import { OPERATIONS } from '../../../src/klaviyo/operations.ts';
import type { Item } from '../../../src/map/item.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { delivery } from '../deliver/support/delivery.ts';
import { eventItem, profileItem, receivedAtMs, subscribeItem } from '../deliver/support/items.ts';
import { accept } from '../map/support/accept.ts';
import { makeSettings } from '../map/support/settings.ts';
import { loadContract } from './support/loadContract.ts';

const contract = loadContract();
const location = { city: 'Oslo', country: 'NO', latitude: 59.9, longitude: 10.7 };

/** Items as they really are: every event of the specification and an identify, mapped. */
function mapped(): Item[] {
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
  return [...messages, identify, page].flatMap((message) => mapEvent(accept(message, { location }), settings));
}

const items: Item[] = [
  ...mapped(),
  eventItem('kx', { who: { _kx: 'abc' }, location }),
  eventItem('old', { timeMs: receivedAtMs - 1e10, value: 1.5, currency: 'EUR' }),
  profileItem('p', { attributes: { first_name: 'Ada', location: { ...location, zip: '0150' } } }),
  subscribeItem('s'),
  subscribeItem('t', { who: { phone_number: '+12025550123' }, channels: ['sms'], list: null }),
  subscribeItem('u', { who: { email: 'a@example.com', phone_number: '+12025550123' }, channels: ['email', 'sms'] }),
];

describe.skipIf(contract === undefined)("Klaviyo's OpenAPI document", () => {
  it('has each operation where we call it', () => {
    const places = Object.entries(OPERATIONS).map(([id, { method, path }]) => [id, `${method} ${path}`]);
    expect(Object.fromEntries(places)).toEqual(
      Object.fromEntries(places.map(([id]) => [id, contract?.place(id ?? '')?.replace(/\{\w+\}/, '{id}')])),
    );
  });

  it.each(Object.values(LANES).map(({ name }) => name))('takes the bodies of the lane %s', (name) => {
    const lane = laneOf(name);
    const groups = [
      ...Map.groupBy(
        items.filter((item) => item.lane === name),
        (item) => lane.groupKey(item),
      ).values(),
    ];
    const bodies = groups.map((group) => lane.build(group, { nowMs: receivedAtMs, delivery }));
    expect([bodies.length > 0, bodies.flatMap((body) => contract?.request(lane.operation, body))]).toEqual([true, []]);
  });

  it('would not take just anything', () => {
    expect(
      Object.values(LANES).map(({ operation }) => contract?.request(operation, { data: { type: 'x' } }).length !== 0),
    ).toEqual(Object.values(LANES).map(() => true));
  });
});
