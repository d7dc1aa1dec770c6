import { METRIC_OF_EVENT } from '@sluice/shared';
import fc from 'fast-check';

const hostileText = fc.constantFrom(
  '',
  ' ',
  '\ud800',
  'a\udc00b',
  '__proto__',
  'constructor',
  '1.234',
  '1.234,50',
  '-0',
  '9'.repeat(40),
  'x'.repeat(300),
  'é'.repeat(60_000),
  'Ada@Example.com',
  '+14155550100',
  '2026-02-30T25:00:00Z',
  'de_AT',
  'https://shop.example.com/?_kx=a%00b',
);
const text = fc.oneof({ weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) }, hostileText);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(-0, 1e20, -1e300, 5e-324, 2 ** 63, 0.1 + 0.2),
);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));

/** Names that mapping reads, in every spelling, and names that it must not fall over. */
const KEYS = [
  ...['order_id', 'checkout_id', 'refund_id', 'line_id', 'total', 'revenue', 'value', 'currency', 'coupon', 'discount'],
  ...['product_id', 'sku', 'name', 'price', 'quantity', 'category', 'categories', 'brand', 'url', 'image_url', 'query'],
  ...['shipping', 'billing_address', 'shipping_address', 'fulfillment_status', 'reason', 'refund_amount', 'cart_total'],
  ...[
    'OrderId',
    'ProductID',
    'SKU',
    'ProductName',
    'ItemPrice',
    'Price',
    'RowTotal',
    'Quantity',
    'Categories',
    'Brands',
  ],
  ...['ItemNames', 'BillingAddress', 'AddedItemPrice', 'AddedItemCategories', 'Search Term', 'CheckoutURL', 'Items'],
  ...['$value', '$event_id', '$extra', '$email', '$append', '$unappend', '$unset', '$first_name', '$city', 'SluiceCut'],
  ...['email', 'phone', 'firstName', 'company', 'address', 'location', 'locale', 'timezone', 'latitude', 'avatar'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'a.b', '', '\ud800', 'k'.repeat(200)],
];
const key = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...KEYS) }, text);

const objectOf = <T>(value: fc.Arbitrary<T>, maxLength = 8) =>
  fc.array(fc.tuple(key, value), { maxLength }).map((entries) => fromEntries(entries));

/** As JSON.parse makes them: `__proto__` is a key like any other. */
function fromEntries(entries: [string, unknown][]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of entries)
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  return object;
}

const nested = (depth: number, inner: unknown) =>
  Array.from({ length: depth }).reduce((value: unknown) => ({ in: value }), inner);

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    objectOf(tie('value'), 4),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
})).value;
const extreme = fc.oneof(
  fc.tuple(fc.integer({ min: 5, max: 60 }), scalar).map(([depth, inner]) => nested(depth, inner)),
  scalar.map((item) => Array.from({ length: 4100 }, () => item)),
  scalar.map((item) => fromEntries(Array.from({ length: 450 }, (_, index) => [`p${index}`, item]))),
);
const value = fc.oneof({ weight: 20, arbitrary: json }, { weight: 1, arbitrary: extreme });
const lines = fc.array(fc.oneof({ weight: 5, arbitrary: objectOf(scalar) }, json), { maxLength: 5 });

const properties = fc
  .tuple(objectOf(value, 20), fc.option(lines), fc.constantFrom('products', 'Items'), fc.boolean())
  .map(([bag, products, name, crowded]) => ({
    ...(crowded ? fromEntries(Array.from({ length: 395 }, (_, index) => [`c${index}`, index])) : {}),
    ...(products === null ? {} : { [name]: products }),
    ...bag,
  }));

const events = [...Object.keys(METRIC_OF_EVENT), ...Object.values(METRIC_OF_EVENT), 'Order Updated', 'Ordered Product'];
const event = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...events, 'Active on Site', 'constructor') }, text);
const id = fc.option(fc.oneof(text, fc.constant('o'.repeat(4000)), fc.integer()));
const context = fc.option(
  fc.record(
    {
      traits: fc.oneof(objectOf(scalar), json),
      page: fc.oneof(objectOf(scalar), json),
      klaviyo: fc.oneof(fc.constant({ list: true }), fc.constant({ _kx: 'abc.def' }), json),
      sessionId: scalar,
      sessionStart: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
);
const common = { messageId: id, anonymousId: id, userId: id, context };

/** Anything around the contract's shape; what the contract refuses is the door's business. */
export const anyMessage = fc.oneof(
  fc.record({ type: fc.constant('track'), event, properties: fc.option(properties), ...common }),
  fc.record({
    type: fc.constantFrom('page', 'screen'),
    name: fc.option(text),
    category: fc.option(text),
    properties: fc.option(properties),
    ...common,
  }),
  fc.record({ type: fc.constant('identify'), traits: fc.option(properties), ...common }),
  fc.record({
    type: fc.constantFrom('group', 'alias'),
    groupId: id,
    previousId: id,
    traits: fc.option(properties),
    ...common,
  }),
);
