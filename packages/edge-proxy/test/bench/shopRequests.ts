import type { Message } from '@sluice/shared';
import type { EventItem } from '../../src/map/item.ts';
import { shopEvent } from '../model/support/shopEvents.ts';
import { START_MS } from '../model/support/startMs.ts';

/** The requests of a shop: shopEvents.ts as the browser SDK sends them, `events` a request, each request one visitor's. */
export function shopRequest(n: number, events: number, atMs: number): string {
  const first = shopEvent(n * events);
  const { email, anonymous_id: anonymousId } = first.who;
  return JSON.stringify({
    anonymousId,
    context: {
      ...(email === undefined ? {} : { traits: { email, firstName: 'Ada' } }),
      campaign: { name: 'advent', source: 'newsletter' },
      sessionId: `s${anonymousId}`,
      consent: { categoryPreferences: { marketing: true } },
      library: { name: '@sluice/browser', version: '0.0.0' },
      locale: 'de-CH',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36',
      screen: { width: 1920, height: 1080, density: 2 },
      timezone: 'Europe/Zurich',
    },
    sentAt: new Date(atMs).toISOString(),
    writeKey: 'wk_bench',
    batch: Array.from({ length: events }, (_, index) => toMessage(n * events + index, atMs)),
  });
}

function toMessage(n: number, atMs: number): Partial<Message> {
  const item = shopEvent(n);
  const { URL: url, Title: title } = item.properties as { URL: string; Title: string };
  const common = {
    messageId: `018f3c1e-7b1a-7c3d-9e2f-${String(n).padStart(12, '0')}`,
    timestamp: new Date(atMs - ((item.timeMs - START_MS) % 1000)).toISOString(),
    context: { page: { url, path: `/products/${n % 500}`, title, referrer: 'https://shop.example.com/', search: '' } },
  };
  return item.kind === 'Viewed Page'
    ? { type: 'page', properties: {}, ...common }
    : { type: 'track', event: EVENT_OF_KIND[item.kind] ?? item.kind, properties: propertiesOf(item, n), ...common };
}

const EVENT_OF_KIND: Readonly<Record<string, string>> = {
  'Viewed Product': 'Product Viewed',
  'Added to Cart': 'Product Added',
  'Started Checkout': 'Checkout Started',
  'Placed Order': 'Order Completed',
};

function propertiesOf({ kind, properties }: EventItem, n: number) {
  const products = (properties.Items as Record<string, string | number>[]).map((line) => ({
    product_id: line.ProductID ?? '',
    sku: line.SKU ?? '',
    name: line.ProductName ?? '',
    quantity: line.Quantity ?? 1,
    price: line.ItemPrice ?? 0,
    url: line.ProductURL ?? '',
  }));
  const [product] = products;
  switch (kind) {
    case 'Started Checkout':
      return { checkout_id: `c${n}`, total: 59.9 * products.length, currency: 'EUR', products };
    case 'Placed Order':
      return { order_id: `o${n}`, total: 59.9 * products.length, currency: 'EUR', products };
    default:
      return { ...product, currency: 'EUR' };
  }
}
