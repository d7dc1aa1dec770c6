import { expect, test } from 'vitest';
import { parseCart, stringifyCart } from '../public/js/cart/parseCart.js';

const EMPTY = { lines: [], coupon: null, checkoutId: null };

test.for([
  null,
  '',
  'not json',
  'null',
  '[]',
  '7',
  '{"lines":{}}',
  '{"lines":[null,1,"x",[]]}',
  '{"lines":[{"id":"999","quantity":1}]}',
  '{"lines":[{"id":"101","quantity":-1},{"id":"101","quantity":"2"},{"id":"101","quantity":1.5}]}',
  '{"coupon":"FREE","checkoutId":"<b>"}',
  '{"coupon":{},"checkoutId":{"length":1}}',
  '{"__proto__":{"coupon":"TIDE10"}}',
])('reads %j as an empty cart', (text) => {
  expect(parseCart(text)).toEqual(EMPTY);
});

test('takes prices from the catalogue, joins lines of one product and caps their quantity', () => {
  const stored = {
    lines: [
      { id: '101', quantity: 6, priceCents: 1 },
      { id: '101', quantity: 6 },
    ],
  };
  const cart = parseCart(JSON.stringify(stored));
  expect(cart.lines.map(({ product, quantity }) => [product.priceCents, quantity])).toEqual([[2800, 9]]);
});

test('reads back what it wrote', () => {
  const text = '{"lines":[{"id":"101","quantity":2}],"coupon":"TIDE10","checkoutId":"CHK-7K3F9QX2MB"}';
  expect(stringifyCart(parseCart(text))).toBe(text);
});
