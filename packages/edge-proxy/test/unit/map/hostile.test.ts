import type { JsonObject } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { accept } from './support/accept.ts';
import { mapOne, mapProperties } from './support/mapOne.ts';
import { makeSettings } from './support/settings.ts';

const parse = (text: string): JsonObject => JSON.parse(text);

describe('hostile messages', () => {
  it('leaves keys out that would reach a prototype, at every depth', () => {
    const properties = mapProperties(
      parse(
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}},"a":{"__proto__":{"y":1},"b":[{"prototype":2,"c":3}]}}',
      ),
    );
    expect({
      text: JSON.stringify(properties),
      prototypes: [Object.getPrototypeOf(properties), Object.getPrototypeOf(properties.a)],
      polluted: 'polluted' in {},
    }).toEqual({
      text: JSON.stringify({
        a: { b: [{ c: 3 }] },
        SluiceCut: [
          '__proto__: this key is not sent',
          'constructor: this key is not sent',
          'a.__proto__: this key is not sent',
          'a.b.0.prototype: this key is not sent',
        ],
      }),
      prototypes: [Object.prototype, Object.prototype],
      polluted: false,
    });
  });

  it('leaves them out of product lines, addresses and pages', () => {
    const order = parse(
      '{"order_id":"1","products":[{"sku":"A","__proto__":{"x":1}}],"billing_address":{"city":"Oslo","__proto__":{"x":1}}}',
    );
    const items = mapEvent(
      accept({ type: 'track', event: 'Order Completed', messageId: 'm', anonymousId: 'a', properties: order }),
      makeSettings(),
    );
    const page = mapOne({
      type: 'page',
      messageId: 'm',
      anonymousId: 'a',
      properties: parse('{"__proto__":{"x":1}}'),
      context: parse('{"__proto__":{"page":{"url":"https://evil.example.com"}}}'),
    });
    const SluiceCut = ['products.0.__proto__: this key is not sent', 'billing_address.__proto__: this key is not sent'];
    expect(items.map((item) => ('properties' in item ? item.properties : {}))).toEqual([
      {
        OrderId: '1',
        Items: [{ SKU: 'A', Quantity: 1 }],
        BillingAddress: { City: 'Oslo' },
        'BillingAddress.City': 'Oslo',
        SluiceCut,
      },
      { OrderId: '1', SKU: 'A', Quantity: 1 },
    ]);
    expect(page.properties).toEqual({ SluiceCut: ['__proto__: this key is not sent'] });
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'treats an event named %s as any other',
    (event) => {
      const { metric, properties } = mapOne({
        type: 'track',
        event,
        messageId: 'm',
        anonymousId: 'a',
        properties: { step: 1 },
      });
      expect({ metric, properties }).toEqual({ metric: event, properties: { step: 1 } });
    },
  );

  it('does not change the message it maps', () => {
    const event = accept({
      type: 'track',
      event: 'Order Completed',
      messageId: 'm',
      anonymousId: 'a',
      properties: { email: 'ada@example.com', order_id: '1', products: [{ sku: 'A', category: ['B'] }], $value: 3 },
    });
    const before = structuredClone(event);
    mapEvent(event, makeSettings());
    expect(event).toEqual(before);
  });

  it('makes lone surrogates well-formed in names, values, ids and keys', () => {
    const item = mapOne({
      type: 'track',
      event: 'Ping \ud800',
      messageId: 'm\udc00',
      anonymousId: 'a\ud800',
      properties: { 'k\ud800': 'v\udfff', fine: '😀' },
    });
    expect(item).toMatchObject({
      id: 'm\ufffd#Ping \ufffd',
      metric: 'Ping \ufffd',
      uniqueId: 'm\ufffd',
      who: { anonymous_id: 'a\ufffd' },
      properties: { 'k\ufffd': 'v\ufffd', fine: '😀' },
    });
  });

  it.each([
    ['negative', -5],
    ['beyond any order', 1e13],
    ['no number', 'NaN'],
    ['an infinity', '1e999'],
    ['a list', [5]],
    ['of two readings', '1,500'],
    ['of two readings with a point', '1.500'],
    ['of misplaced groups', '1.50.000'],
    ['a price with its currency', '49,90 €'],
    ['hexadecimal', '0x10'],
    ['empty', ''],
  ])('takes no value that is %s', (_, value) => {
    const item = mapOne({ type: 'track', event: 'Ping', messageId: 'm', anonymousId: 'a', properties: { value } });
    expect('value' in item).toBe(false);
  });

  it('reads products that are none of the expected things without failing', () => {
    const mapped = [null, 'x', [null, 'x', []], { sku: 'A' }].map(
      (products) =>
        mapEvent(
          accept({
            type: 'track',
            event: 'Order Completed',
            messageId: 'm',
            anonymousId: 'a',
            properties: { order_id: '1', products },
          }),
          makeSettings(),
        ).length,
    );
    expect(mapped).toEqual([1, 1, 1, 1]);
  });
});
