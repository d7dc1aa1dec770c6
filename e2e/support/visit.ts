import { MAIL_DOMAIN } from './demo.ts';

type Properties = { [name: string]: string | number | Properties[] };

/** What one customer does, in the words that all SDKs of the Segment family share. `run` tells its traces apart. */
export interface Visit {
  run: string;
  userId: string;
  traits: Properties;
  page: { name: string };
  tracks: { event: string; properties: Properties }[];
}

/** A customer says who they are, looks at a page and a product, and orders it with another one. */
export function visitOf(run: string): Visit {
  const hat = { product_id: 'p-1', sku: 'HAT-S', name: 'Sun hat', price: 15, quantity: 2 };
  const sandals = { product_id: 'p-2', sku: 'SAN-42', name: 'Sandals', price: 27.5 };
  const order = { total: 57.5, currency: 'EUR', products: [hat, sandals] };
  return {
    run,
    userId: `customer-${run}`,
    traits: { email: `${run}${MAIL_DOMAIN}`, firstName: 'Grace', lastName: 'Hopper', plan: 'gold' },
    page: { name: 'Home' },
    tracks: [
      { event: 'Product Viewed', properties: { ...hat, currency: 'EUR' } },
      { event: 'Product Added', properties: { ...hat, currency: 'EUR', cart_id: `cart-${run}` } },
      { event: 'Checkout Started', properties: { ...order, checkout_id: `checkout-${run}` } },
      { event: 'Order Completed', properties: { ...order, order_id: `order-${run}`, checkout_id: `checkout-${run}` } },
    ],
  };
}

/** What Klaviyo has to hold of a visit, in the order of the metrics' names; the page and the products' views besides. */
export const ORDER_OF_VISIT = [
  ['Ordered Product', 'order-<run>:HAT-S', 30, 'EUR'],
  ['Ordered Product', 'order-<run>:SAN-42', 27.5, 'EUR'],
  ['Placed Order', 'order-<run>', 57.5, 'EUR'],
  ['Started Checkout', 'checkout-<run>', 57.5, 'EUR'],
];
export const EVENTS_OF_VISIT = 3 + ORDER_OF_VISIT.length;
