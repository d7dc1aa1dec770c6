import { expect, test } from 'vitest';
import { parseCart } from '../public/js/cart/parseCart.js';
import { priceCart } from '../public/js/cart/priceCart.js';

const price = (lines: [id: string, quantity: number][], coupon?: string) =>
  priceCart(parseCart(JSON.stringify({ lines: lines.map(([id, quantity]) => ({ id, quantity })), coupon })));

test.for([
  { title: 'an empty cart costs nothing', lines: [], totals: [0, 0, 0, 0, 0, 0] },
  { title: 'a small cart pays shipping', lines: [['106', 1]], totals: [2400, 0, 490, 400, 2000, 2890] },
  { title: 'a large cart ships free', lines: [['103', 1]], totals: [9600, 0, 0, 1600, 8000, 9600] },
  {
    title: 'free shipping looks at what is paid after the discount',
    lines: [['101', 3]],
    coupon: 'TIDE10',
    totals: [8400, 840, 490, 1260, 6300, 8050],
  },
] as { title: string; lines: [string, number][]; coupon?: string; totals: number[] }[])('$title', (row) => {
  const { goodsCents, discountCents, shippingCents, taxCents, revenueCents, totalCents } = price(row.lines, row.coupon);
  expect([goodsCents, discountCents, shippingCents, taxCents, revenueCents, totalCents]).toEqual(row.totals);
});
