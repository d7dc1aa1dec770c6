import type { EventItem } from '../../src/map/item.ts';
import { shopEvent } from '../model/support/shopEvents.ts';
import { START_MS } from '../model/support/startMs.ts';

/**
 * The body of a shop's nth request: shopEvents.ts as packages/browser-sdk sends them, `events` a request, each request one
 * visitor's on one page of a session that is under way. What its messages share stands at the top.
 */
export function shopRequest(n: number, events: number, atMs: number): string {
  const { context, ...head } = headOf(n, events, atMs);
  return JSON.stringify({ ...SENDER, sentAt: timeAt(atMs), ...head, context, batch: messagesOf(n, events, atMs) });
}

/** The same as Segment's browser SDK sends it: ids and context with each message. */
export function segmentRequest(n: number, events: number, atMs: number): string {
  const { context, ...ids } = headOf(n, events, atMs);
  const { campaign, consent, locale, traits, page } = context;
  const library = { name: 'analytics.js', version: 'npm:next-1.84.0' };
  const seen = { page: { ...page, search: '' }, userAgent: WINDOWS, locale, timezone: 'Europe/Zurich' };
  const own = { ...ids, context: { ...seen, library, campaign, traits, consent }, integrations: {} };
  return JSON.stringify({
    ...SENDER,
    sentAt: timeAt(atMs),
    batch: messagesOf(n, events, atMs).map((message) => ({ ...message, ...own })),
  });
}

export const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const SENDER = { writeKey: 'wk_bench' };

function headOf(n: number, events: number, atMs: number) {
  const { who, properties } = shopEvent(n * events);
  const { email, anonymous_id = '' } = who;
  const anonymousId = anonymous_id.replaceAll('-', '');
  const campaign = { name: 'advent', source: 'newsletter' };
  const url = String(properties.URL);
  const page = { url, path: new URL(url).pathname, title: properties.Title, referrer: 'https://shop.example.com/' };
  const touch = { ...campaign, url: 'https://shop.example.com/', referrer: '', timestamp: timeAt(atMs - 60_000) };
  return {
    anonymousId,
    context: {
      library: { name: '@sluice/browser', version: '0.0.0' },
      locale: 'de-CH',
      ...(email === undefined ? {} : { traits: { email, firstName: 'Ada' } }),
      sessionId: hexOf(n),
      campaign,
      lastTouch: touch,
      firstTouch: touch,
      page,
      consent: { categoryPreferences: { marketing: true } },
    },
  };
}

function messagesOf(n: number, events: number, atMs: number) {
  return Array.from({ length: events }, (_, index) => toMessage(n, n * events + index, atMs));
}

function toMessage(load: number, n: number, atMs: number) {
  const item = shopEvent(n);
  const isPage = item.kind === 'Viewed Page';
  return {
    type: isPage ? 'page' : 'track',
    // A page load, and a moment in base 36.
    messageId: `${hexOf(load)}-${(atMs + n).toString(36)}`,
    timestamp: timeAt(atMs - ((item.timeMs - START_MS) % 1000)),
    ...(isPage ? {} : { event: EVENT_OF_KIND[item.kind] ?? item.kind }),
    properties: isPage ? {} : propertiesOf(item, n),
  };
}

const hexOf = (n: number) => n.toString(16).padStart(32, '8f3c1e7b1a7c3d9e');
const timeAt = (ms: number) => new Date(ms).toISOString();

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
