import { describe, expect, it } from 'vitest';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { accept, timeMs } from './support/accept.ts';
import { mapOne } from './support/mapOne.ts';
import { makeSettings, receivedAtMs } from './support/settings.ts';

const order = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'msg-1',
  anonymousId: 'anon-1',
  properties: { order_id: '1001', total: 20, products: [{ sku: 'A', price: 10, quantity: 2 }] },
};

describe('the items of one message', () => {
  it('carry id, lane, time, purpose and place of their event', () => {
    const event = accept(order, { purpose: 'transactional', location: { country: 'NO', city: 'Oslo' } });
    const common = {
      lane: 'events',
      who: { anonymous_id: 'anon-1' },
      purpose: 'transactional',
      receivedAtMs,
      timeMs,
      location: { country: 'NO', city: 'Oslo' },
      urgent: true,
      value: 20,
    };
    expect(mapEvent(event, makeSettings())).toMatchObject([
      { ...common, id: 'msg-1#Placed Order', metric: 'Placed Order', uniqueId: '1001' },
      { ...common, id: 'msg-1#Ordered Product:A', metric: 'Ordered Product', uniqueId: '1001:A' },
    ]);
  });

  it('keep their id when the metric is renamed, so that a redelivery after it is no second item', () => {
    const settings = makeSettings({ events: { names: { 'Placed Order': 'Bought' } } });
    const [placed] = mapEvent(accept(order), settings);
    expect(placed).toMatchObject({ id: 'msg-1#Placed Order', metric: 'Bought', urgent: true });
  });

  it.each([
    ['Checkout Started', true],
    ['Order Refunded', true],
    ['Placed Order', true],
    ['Product Added', false],
    ['Product Viewed', false],
    ['Order Updated', false],
  ])('%s is urgent: %s', (event, urgent) => {
    const item = mapOne({ type: 'track', event, messageId: 'm', anonymousId: 'a', properties: {} });
    expect('urgent' in item).toBe(urgent);
  });

  it('have nothing that is undefined', () => {
    const item = mapOne({ type: 'track', event: 'Product Viewed', messageId: 'm', anonymousId: 'a' });
    expect(Object.keys(item).sort()).toEqual(
      ['id', 'kind', 'lane', 'metric', 'properties', 'purpose', 'receivedAtMs', 'timeMs', 'uniqueId', 'who'].sort(),
    );
  });

  it('name nobody rather than vanish when the message names nobody', () => {
    expect(mapOne({ type: 'track', event: 'Ping', messageId: 'm' }).who).toEqual({});
  });

  it('never share a unique id or an item id within an order, whatever its lines are called', () => {
    const skus = ['A:2', 'A', 'A', '1', '', 'A'];
    const items = mapEvent(
      accept({ ...order, properties: { order_id: '1', products: skus.map((sku) => ({ sku })) } }),
      makeSettings(),
    );
    const lines = items.slice(1).map((item) => (item.lane === 'events' ? item.uniqueId : ''));
    expect([lines, new Set(items.map(({ id }) => id)).size]).toEqual([
      ['1:A:2', '1:A', '1:A:3', '1:1', '1:5', '1:A:4'],
      7,
    ]);
  });

  it('belong to the same order whichever way its id is written', () => {
    const ids = [1001, '1001', ' 1001 '].map(
      (order_id) =>
        mapOne({ type: 'track', event: 'Order Cancelled', messageId: 'm', properties: { order_id } }).uniqueId,
    );
    expect(ids).toEqual(['1001', '1001', '1001']);
  });

  it('of a refund without an id of its own are the order’s', () => {
    const item = mapOne(
      { type: 'track', event: 'Order Refunded', messageId: 'm', properties: { order_id: '1001', total: 3 } },
      { events: { refundIds: 'refund' } },
    );
    expect(item.uniqueId).toBe('1001');
  });

  it('count a discount that is booked as a line', () => {
    const [placed] = mapEvent(
      accept({
        ...order,
        properties: {
          order_id: '1',
          products: [
            { sku: 'A', price: 10 },
            { sku: 'D', price: -2.5 },
          ],
        },
      }),
      makeSettings(),
    );
    expect(placed).toMatchObject({ value: 7.5 });
  });

  it('show Klaviyo’s names as read, whatever else the sender calls by them', () => {
    const item = mapOne({
      type: 'track',
      event: 'Product Viewed',
      messageId: 'm',
      anonymousId: 'a',
      properties: { ProductID: 'mine', product_id: 'p-1' },
    });
    expect(item.properties).toEqual({ ProductID: 'p-1' });
  });

  it('take the value that older scripts name for the order, not for its lines', () => {
    const items = mapEvent(
      accept({ ...order, properties: { ...order.properties, $value: 19, $event_id: 'x' } }),
      makeSettings(),
    );
    expect(items).toMatchObject([
      { uniqueId: '1001', value: 19 },
      { uniqueId: '1001:A', value: 20 },
    ]);
  });
});
