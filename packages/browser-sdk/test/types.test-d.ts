import type { Sluice, SluiceOptions, SubscribeRequest, SubscribeResult } from '../src/index.ts';
import { createSluice } from '../src/index.ts';

// Checked by `tsc -p .`, never run: what a shop may write, and what the compiler must refuse.
export function usage(): Promise<string> {
  const sluice: Sluice = createSluice({ writeKey: 'wk_demo', endpoint: 'https://events.example.com' });
  const all: Required<SluiceOptions> = {
    writeKey: 'wk_demo',
    endpoint: 'https://events.example.com',
    consentMode: 'opt-out',
    requiredCategories: ['marketing'],
    flushAt: 20,
    flushIntervalMs: 2000,
    maxBatchBytes: 49_152,
    debug: true,
    holdInStorage: true,
    pageViews: 'hash',
    besideKlaviyo: false,
  };
  createSluice(all);

  interface Cart {
    id: string;
    total: number;
  }
  const cart: Cart = { id: 'cart-1', total: 19.9 };
  sluice.track('Cart Viewed', cart);
  sluice.track('Made up', { anything: 1 });
  sluice.track('Order Completed', { order_id: '1', products: [{ sku: 'a', price: 1, gift: true }], gift_note: 'Hi' });
  interface ShopEvents {
    'Quiz Finished': { score: number };
    'Banner Closed': { id?: string };
  }
  const planned: Sluice<ShopEvents> = createSluice<ShopEvents>(all);
  planned.track('Quiz Finished', { score: 7 });
  planned.track('Banner Closed');
  planned.track('Product Added', { sku: 'a' });
  sluice.page();
  sluice.page('Home', { section: 'shoes' });
  sluice.identify('user-7');
  sluice.identify('user-7', { email: 'ada@example.com', plan: 'gold' });
  sluice.identify({ email: 'ada@example.com' });
  sluice.identify(null, { email: 'ada@example.com' });
  sluice.page('Shop', 'Shoes', { section: 'shoes' });
  sluice.page('Home', { section: 'shoes' }, {}, () => {});
  sluice.track('Made up', { anything: 1 }, { integrations: {} }, () => {});
  sluice.alias('user-7', 'user-6');
  sluice.group('company-1', { plan: 'gold' });
  sluice.on('dropped', ({ reason, messageId, event, property }) => console.log(reason, messageId, event, property));
  sluice.on('delivered', ({ messageId, event }) => console.log(messageId, event));
  sluice.ready(() => sluice.flush()).then(() => {});
  sluice.unsubscribe({ email: 'ada@example.com', channels: ['email'] });
  sluice.consent({ marketing: true, analytics: false });
  const id: string | null = sluice.anonymousId();
  const request: SubscribeRequest = { phone: '+15005550006', channels: ['sms'], evidence: { formVersion: id ?? '1' } };

  // @ts-expect-error the endpoint is needed
  createSluice({ writeKey: 'wk_demo' });
  // @ts-expect-error there is no such mode
  createSluice({ ...all, consentMode: 'maybe' });
  // @ts-expect-error the event needs a name
  sluice.track();
  // @ts-expect-error a price is a number
  sluice.track('Product Added', { price: '19.90' });
  // @ts-expect-error without an id an order could be counted twice
  sluice.track('Order Completed', { total: 19.9 });
  // @ts-expect-error the plan says what the event needs
  planned.track('Quiz Finished');
  // @ts-expect-error the plan has no such event
  planned.track('Quiz Finishd', { score: 7 });
  // @ts-expect-error there is no such event to listen to
  sluice.on('opened', () => {});
  // @ts-expect-error a delivered message has no reason
  sluice.on('delivered', ({ reason }) => reason);
  // @ts-expect-error page views are recorded automatically or not
  createSluice({ ...all, pageViews: true });
  // @ts-expect-error an alias needs the id
  sluice.alias();
  // @ts-expect-error nobody signs off with a form text
  sluice.unsubscribe({ email: 'ada@example.com', evidence: {} });
  // @ts-expect-error properties are an object
  sluice.track('Cart Viewed', 'cart-1');
  // @ts-expect-error an e-mail address is text
  sluice.identify({ email: 7 });
  // @ts-expect-error choices are true or false
  sluice.consent({ marketing: 'yes' });
  // @ts-expect-error there is no such channel
  sluice.subscribe({ email: 'ada@example.com', channels: ['fax'] });

  return sluice.subscribe(request).then((result: SubscribeResult) => (result.ok ? result.status : result.code));
}
