import { METRIC_OF_EVENT } from '@sluice/shared';
import fc from 'fast-check';

/** JSON text of whatever a client may write: keys come twice, name prototypes, and values are of any kind. */
type Text = fc.Arbitrary<string>;

const write = (value: unknown) => JSON.stringify(value) ?? 'null';
/** Any UTF-16 units, lone surrogates and control characters among them. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 20 });
const hostileText = fc.oneof(
  anyText,
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '',
    ' ',
    '__proto__',
    'constructor',
    'toString',
    '\ud800',
    '\0',
    'null',
    '1e999',
    '-5',
    '1.234,50',
    '٣',
  ),
  fc.nat(3000).map((length) => 'x€'.repeat(length / 2)),
);
const hostileNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(0, -0, -1, 1e20, 1e308, 5e-324, Number.MAX_SAFE_INTEGER + 2, 0.1 + 0.2),
);
const hostileKey = fc.oneof(
  anyText,
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    '$email',
    '$value',
    '$event_id',
    'hasOwnProperty',
    '',
    'length',
  ),
);
const depths = fc.constantFrom(3, 9, 12, 40, 70, 1000);

function objectOf(entries: fc.Arbitrary<[key: string, value: string][]>): Text {
  return entries.map((pairs) => `{${pairs.map(([key, value]) => `${write(key)}:${value}`).join(',')}}`);
}

const { hostile } = fc.letrec<{ hostile: string }>((tie) => ({
  hostile: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false', '1e999', '-0', '1E+20'),
    hostileText.map(write),
    hostileNumber.map(write),
    fc.array(tie('hostile'), { maxLength: 5 }).map((values) => `[${values}]`),
    objectOf(fc.array(fc.tuple(hostileKey, tie('hostile')), { maxLength: 5 })),
    fc.tuple(tie('hostile'), depths).map(([value, depth]) => `${'[{"x":'.repeat(depth)}${value}${'}]'.repeat(depth)}`),
    fc
      .tuple(tie('hostile'), fc.constantFrom(50, 450))
      .map(([value, n]) => `[${Array(n).fill(value.slice(0, 9) === value ? value : '1')}]`),
    fc.constantFrom(50, 450).map((n) => `{${Array.from({ length: n }, (_, index) => `"k${index}":${index}`)}}`),
  ),
}));

/** Mostly what the contract says, sometimes anything. */
const mostly = (right: fc.Arbitrary<unknown>): Text =>
  fc.oneof({ arbitrary: right.map(write), weight: 8 }, { arbitrary: hostile, weight: 1 });
/** Where anything else has the whole message refused. */
const nearlyAlways = (right: fc.Arbitrary<unknown>): Text =>
  fc.oneof({ arbitrary: right.map(write), weight: 50 }, { arbitrary: hostile, weight: 1 });

/** An object of some of these fields, in any order, some of them twice, and of some that nobody asked for. */
function someOf(fields: Record<string, Text>, more: Text = hostile): Text {
  const known = Object.entries(fields).map(([key, value]) => value.map((text): [string, string] => [key, text]));
  const unknown = fc.tuple(hostileKey, more);
  const field = fc.oneof({ arbitrary: fc.oneof(...known), weight: 9 }, { arbitrary: unknown, weight: 1 });
  return objectOf(fc.array(field, { maxLength: Object.keys(fields).length }));
}

/** Of far too many fields, or of none that anybody knows. */
const strangeObject: Text = fc.oneof(
  fc.constantFrom(50, 399, 450).map((n) => `{${Array.from({ length: n }, (_, index) => `"k${index}":${index}`)}}`),
  objectOf(fc.array(fc.tuple(hostileKey, hostile), { maxLength: 20 })),
);
const orStrange = (usual: Text): Text =>
  fc.oneof({ arbitrary: usual, weight: 15 }, { arbitrary: strangeObject, weight: 1 });

const email = fc.oneof(
  fc.nat(40).map((n) => `visitor-${n}@example.com`),
  fc.constantFrom(
    'a+b@example.com',
    "o'neil@example.com",
    ' Ada@Example.COM ',
    'ada@',
    '@example.com',
    'ä@example.com',
    `${'x'.repeat(120)}@example.com`,
  ),
);
const phone = fc.constantFrom('+12025550123', '0041 44 668 18 00', '+1 (202) 555-0123', '555', '+0', '+'.repeat(50));
const id = fc.oneof(
  fc.uuid(),
  fc.nat(50).map(String),
  fc.nat(),
  fc.constantFrom(' id ', 'x'.repeat(300), 'x'.repeat(5000)),
);
const instant = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc
    .date({ min: new Date('2026-11-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('2026-11-20', '+275760-09-13T00:00:00.000Z', '0', '2026-11-20T12:00:00+09:00'),
);
const anyInstant = fc.oneof(
  { arbitrary: instant, weight: 20 },
  { arbitrary: fc.constantFrom('2026-02-31T00:00:00Z', 'soon', '2026-11-20T25:00:00Z'), weight: 1 },
);
const money = fc.oneof(
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constantFrom('19.90', '19,90', 'EUR 5', '1e999', -5),
);
const words = fc.constantFrom('Shoes', 'Größe 42', 'x'.repeat(1000), '');

const product = someOf({
  product_id: mostly(id),
  sku: mostly(fc.constantFrom('A', 'B', 'C')),
  line_id: mostly(id),
  name: mostly(words),
  brand: mostly(words),
  category: mostly(fc.oneof(words, fc.array(words, { maxLength: 3 }))),
  categories: mostly(fc.array(words, { maxLength: 3 })),
  price: mostly(money),
  quantity: mostly(fc.oneof(fc.nat(9), fc.constantFrom('2', 0, -1, 1.5))),
  url: mostly(fc.constant('https://shop.example.com/p/1')),
  image_url: mostly(fc.constant('https://shop.example.com/p/1.png')),
});
const address = someOf({
  email: mostly(email),
  phone: mostly(phone),
  first_name: mostly(words),
  city: mostly(words),
  street: mostly(words),
  country: mostly(fc.constantFrom('NO', 'Norway', 'US', 'XX')),
  postal_code: mostly(fc.constantFrom('0150', 150)),
});
const products = fc.oneof(
  { arbitrary: fc.array(product, { maxLength: 4 }).map((lines) => `[${lines}]`), weight: 8 },
  { arbitrary: hostile, weight: 1 },
);
const properties = someOf({
  order_id: mostly(id),
  checkout_id: mostly(id),
  refund_id: mostly(id),
  fulfillment_status: mostly(fc.constantFrom('fulfilled', 'open')),
  total: mostly(money),
  value: mostly(money),
  revenue: mostly(money),
  currency: mostly(fc.constantFrom('EUR', 'usd', 'XXX', 'euro', '€')),
  products,
  product_id: mostly(id),
  name: mostly(words),
  price: mostly(money),
  quantity: mostly(fc.nat(9)),
  category: mostly(words),
  query: mostly(words),
  email: mostly(email),
  phone: mostly(phone),
  billing_address: address,
  shipping_address: address,
  Items: products,
  $email: mostly(email),
  $value: mostly(money),
  $event_id: mostly(id),
});
const traits = someOf({
  email: mostly(email),
  phone: mostly(phone),
  firstName: mostly(words),
  lastName: mostly(words),
  name: mostly(words),
  title: mostly(words),
  company: fc.oneof(mostly(words), someOf({ name: mostly(words), industry: mostly(words) })),
  avatar: mostly(fc.constant('https://shop.example.com/me.png')),
  address,
  birthday: mostly(instant),
  locale: mostly(fc.constantFrom('de-CH', 'xx', 'en')),
  language: mostly(words),
  $phone_number: mostly(phone),
  $consent: mostly(words),
});
const consentState = nearlyAlways(fc.constantFrom('granted', 'denied', null));
const consentMode = someOf({ ad_storage: consentState, ad_user_data: consentState, analytics_storage: consentState });
/** One of IAB's own specification, one cut off, one of its other framework. */
const tcf = fc.constantFrom(
  'COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA',
  'COvFyGBOvFyG',
  'DBABMA~CPXxRfAPXxRfAA',
  '',
);
const context = someOf({
  consent: fc.oneof(
    { arbitrary: fc.constant('{"categoryPreferences":{"marketing":true}}'), weight: 8 },
    {
      arbitrary: someOf({
        categoryPreferences: someOf({ marketing: nearlyAlways(fc.boolean()) }, fc.constant('true')),
        gpc: mostly(fc.constantFrom(true, false, null)),
        googleConsentMode: consentMode,
        tcf: mostly(tcf),
      }),
      weight: 4,
    },
    { arbitrary: hostile, weight: 1 },
  ),
  traits,
  page: someOf({
    url: mostly(words),
    path: mostly(words),
    title: mostly(words),
    referrer: mostly(words),
    search: mostly(words),
  }),
  campaign: someOf({ name: mostly(words), source: mostly(words) }),
  location: address,
  locale: mostly(fc.constantFrom('de-CH', 'en')),
  timezone: mostly(fc.constantFrom('Europe/Zurich', 'Nowhere/Town')),
  userAgent: mostly(words),
  ip: mostly(fc.constantFrom('192.0.2.1', '::1', 'x')),
  sessionId: mostly(id),
  sessionStart: mostly(fc.boolean()),
  library: someOf({ name: mostly(words), version: mostly(words) }),
  externalIds: hostile,
});
const event = fc.oneof(
  fc.constantFrom(
    ...Object.keys(METRIC_OF_EVENT),
    'Order Updated',
    'Placed Order',
    'Viewed Product',
    'Ordered Product',
  ),
  fc.constantFrom('Ping', 'x'.repeat(127), ' Ping ', '__proto__', 'constructor'),
  anyText.map((text) => `E${text}`),
);

/** JSON text of a message around the contract's shape, mostly one that a door would take. */
export const anyMessage: Text = fc
  .record({
    head: fc.oneof(
      { arbitrary: fc.record({ type: fc.constant('track'), event }).map(write), weight: 20 },
      { arbitrary: fc.record({ type: fc.constantFrom('page', 'screen', 'identify') }).map(write), weight: 10 },
      { arbitrary: fc.record({ type: fc.constantFrom('alias', 'group') }).map(write), weight: 3 },
      { arbitrary: objectOf(fc.tuple(fc.tuple(fc.constantFrom('type', 'event'), hostile))), weight: 1 },
    ),
    who: fc.nat(30).map((n) => `"anonymousId":"visitor-${n}"`),
    rest: someOf({
      messageId: nearlyAlways(fc.uuid()),
      anonymousId: nearlyAlways(id),
      userId: nearlyAlways(id),
      previousId: nearlyAlways(id),
      groupId: nearlyAlways(id),
      name: nearlyAlways(words),
      category: nearlyAlways(words),
      timestamp: nearlyAlways(anyInstant),
      originalTimestamp: nearlyAlways(anyInstant),
      sentAt: nearlyAlways(anyInstant),
      integrations: mostly(fc.constant({ All: true })),
      channel: mostly(fc.constant('server')),
      properties: orStrange(properties),
      traits: orStrange(traits),
      context: orStrange(context),
    }),
  })
  .map(
    ({ head, who, rest }) =>
      `${head.slice(0, -1)}${head === '{}' ? '' : ','}${who}${rest === '{}' ? '' : ','}${rest.slice(1)}`,
  );
