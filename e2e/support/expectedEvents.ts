import { expect } from 'vitest';
import type { KlaviyoEvent } from './klaviyoClient.ts';
import { ADDRESS } from './shopper.ts';

type Properties = Record<string, unknown>;
type Expected = Omit<KlaviyoEvent, 'email'>;

const someId = expect.stringMatching(/^\d{28,40}(-\d{13})?$/);
const CURRENCY = 'EUR';

/** What Klaviyo has to hold of the visit in `shop()`: all of it, under Klaviyo's names, and nothing else. */
export function expectedEvents({ shopUrl, orderId }: { shopUrl: string; orderId: string }): Expected[] {
  const mug = product(shopUrl, { id: '101', sku: 'EW-MUG-01', name: 'Harbour Mug', path: 'harbour-mug', price: 28 });
  const pair = product(shopUrl, {
    id: '108',
    sku: 'EW-ESP-02',
    name: 'Ebb Espresso Pair',
    path: 'ebb-espresso-pair',
    price: 38,
  });
  const both = { ItemNames: ['Harbour Mug', 'Ebb Espresso Pair'], Items: [mug.cartItem(1), pair.cartItem(2)] };
  const checkout = `${shopUrl}/checkout`;
  const totals = { total: 70.9, revenue: 55, shipping: 4.9, tax: 11, currency: CURRENCY };
  const checkoutId = expect.stringMatching(/^CHK-/);
  return [
    ...views(shopUrl),
    {
      ...plain('Viewed Collection', {}),
      properties: expect.objectContaining({
        category: 'All pieces',
        ItemNames: expect.arrayContaining(['Harbour Mug']),
        ...inVisit('direct'),
      }),
    },
    worth(28, { metric: 'Viewed Product', uniqueId: someId, properties: mug.viewed }),
    worth(38, { metric: 'Viewed Product', uniqueId: someId, properties: pair.viewed }),
    worth(28, {
      metric: 'Added to Cart',
      uniqueId: someId,
      properties: {
        ...mug.added,
        ItemNames: ['Harbour Mug'],
        Items: [mug.cartItem(1)],
        CheckoutURL: checkout,
        cart_total: 28,
      },
    }),
    worth(66, {
      metric: 'Added to Cart',
      uniqueId: someId,
      properties: { ...pair.added, ...both, CheckoutURL: checkout, cart_total: 66 },
    }),
    plain('Viewed Cart', { ...both, Categories: ['Cups'], CheckoutURL: checkout, cart_total: 66, currency: CURRENCY }),
    worth(70.9, {
      metric: 'Started Checkout',
      uniqueId: checkoutId,
      properties: {
        ...both,
        Categories: ['Cups'],
        CheckoutURL: checkout,
        checkout_id: checkoutId,
        value: 70.9,
        ...totals,
      },
    }),
    worth(70.9, {
      metric: 'Placed Order',
      uniqueId: orderId,
      properties: {
        OrderId: orderId,
        checkout_id: checkoutId,
        ItemNames: both.ItemNames,
        Items: [mug.orderItem(1), pair.orderItem(2)],
        Categories: ['Cups'],
        Brands: ['Ebbware'],
        ...withCopies('BillingAddress', address),
        ...withCopies('ShippingAddress', address),
        ...totals,
      },
    }),
    worth(28, { metric: 'Ordered Product', uniqueId: `${orderId}:EW-MUG-01`, properties: mug.ordered(orderId, 1) }),
    worth(38, { metric: 'Ordered Product', uniqueId: `${orderId}:EW-ESP-02`, properties: pair.ordered(orderId, 2) }),
  ];
}

const address = {
  FirstName: ADDRESS.firstName,
  LastName: ADDRESS.lastName,
  Address1: ADDRESS.street,
  Zip: ADDRESS.postcode,
  City: ADDRESS.city,
  CountryCode: 'IE',
};

/** A nested property, and what of it stands at the top too. */
function withCopies(name: string, nested: Properties): Properties {
  const copies = Object.entries(nested).map(([key, value]) => [`${name}.${key}`, value] as const);
  return { [name]: nested, ...Object.fromEntries(copies) };
}

/** One Viewed Page a page, and Active on Site once. */
function views(shopUrl: string): Expected[] {
  const pages = [
    ['Home', '/', 'Stoneware'],
    ['Product', '/products/harbour-mug', 'Harbour Mug'],
    ['Product', '/products/ebb-espresso-pair', 'Ebb Espresso Pair'],
    ['Cart', '/cart', 'Cart'],
    ['Checkout', '/checkout', 'Checkout'],
    ['Thank you', '/thanks', 'Thank you'],
  ] as const;
  const viewed = pages.map(([name, path, title], index) => {
    const before = pages[index - 1]?.[1];
    const referrer = before === undefined ? {} : { referrer: `${shopUrl}${before}` };
    const properties = { name, url: `${shopUrl}${path}`, path, title: `${title} – Ebbware`, ...referrer };
    return plain('Viewed Page', properties, before === undefined ? 'direct' : 'internal');
  });
  return [...viewed, plain('Active on Site', { page: `${shopUrl}/` }, 'direct')];
}

/** What the edge adds: the test's Chromium says that it is driven by a program. */
function inVisit(referrerKind: string): Properties {
  const agent = { visit_device: 'desktop', visit_browser: 'Chrome', visit_os: 'Linux', visit_bot: true };
  const referrers = { visit_referrer_kind: referrerKind, visit_initial_referrer_kind: 'direct' };
  return { ...agent, ...referrers, visit_session_id: someId };
}

function plain(metric: string, properties: Properties, referrerKind = 'internal'): Expected {
  const all = { ...properties, ...inVisit(referrerKind) };
  return { metric, uniqueId: someId, value: undefined, currency: undefined, properties: all };
}

function worth(value: number, event: Omit<Expected, 'value' | 'currency'>): Expected {
  return { ...event, value, currency: CURRENCY, properties: { ...event.properties, ...inVisit('internal') } };
}

/** One product under the names that Klaviyo gives it in each place. */
function product(
  shopUrl: string,
  { id, sku, name, path, price }: { id: string; sku: string; name: string; path: string; price: number },
) {
  const url = `${shopUrl}/products/${path}`;
  const image = `${shopUrl}/images/${sku}.svg`;
  const item = { ProductID: id, SKU: sku, ProductName: name, Quantity: 1, ProductURL: url, ImageURL: image };
  const row = { ...item, ItemPrice: price, RowTotal: price, currency: CURRENCY };
  return {
    viewed: {
      ProductID: id,
      SKU: sku,
      ProductName: name,
      Brand: 'Ebbware',
      Categories: ['Cups'],
      Price: price,
      URL: url,
      ImageURL: image,
      currency: CURRENCY,
    },
    added: {
      AddedItemProductID: id,
      AddedItemSKU: sku,
      AddedItemProductName: name,
      AddedItemCategories: ['Cups'],
      AddedItemPrice: price,
      AddedItemQuantity: 1,
      AddedItemURL: url,
      AddedItemImageURL: image,
      brand: 'Ebbware',
      currency: CURRENCY,
    },
    cartItem: (position: number) => ({ ...row, ProductCategories: ['Cups'], brand: 'Ebbware', position }),
    orderItem: (position: number) => ({ ...row, Categories: ['Cups'], Brand: 'Ebbware', position }),
    ordered: (orderId: string, position: number) => ({
      OrderId: orderId,
      ...item,
      Categories: ['Cups'],
      ProductBrand: 'Ebbware',
      price,
      currency: CURRENCY,
      position,
    }),
  };
}
