import { createSluice as createCore } from '../src/core.ts';
import { createSluice, type NodeOptions, type Sluice } from '../src/index.ts';

// Checked by `tsc -p .`, never run: what a back end may write, and what the compiler must refuse.
export function usage(): Sluice {
  const options: NodeOptions = { secretKey: 'sk_demo', endpoint: 'https://events.example.com' };
  const sluice = createSluice({ ...options, spool: { dir: '/var/lib/shop', fsync: 'always', maxBytes: 1 } });
  const who = { userId: 'user-7' };
  interface Cart {
    id: string;
    total: number;
  }
  const cart: Cart = { id: 'cart-1', total: 19.9 };
  sluice.track('Cart Viewed', cart, who);
  sluice.track('Made up', { anything: 1 }, who);
  sluice.track(
    'Order Completed',
    { order_id: '1', products: [{ sku: 'a', price: 1, gift: true }] },
    { country: 'DE', ...who },
  );
  interface ShopEvents {
    'Quiz Finished': { score: number };
    'Banner Closed': { id?: string };
  }
  const planned: Sluice<ShopEvents> = createSluice<ShopEvents>(options);
  planned.track('Quiz Finished', { score: 7 }, who);
  planned.track('Banner Closed', undefined, who);
  planned.track('Product Added', { sku: 'a' }, who);
  sluice.page('Home', { section: 'shoes' }, who);
  sluice.identify('user-7', { email: 'ada@example.com', plan: 'gold' });
  sluice.identify({ email: 'ada@example.com' }, { country: 'DE' });
  sluice.consent({ email: 'ada@example.com', categoryPreferences: { marketing: false } });

  // @ts-expect-error the core has no spool
  createCore({ ...options, spool: '/tmp' });
  // @ts-expect-error the endpoint is needed
  createSluice({ secretKey: 'sk_demo' });
  // @ts-expect-error somebody's event it must be
  sluice.track('Cart Viewed', cart);
  // @ts-expect-error a price is a number
  sluice.track('Product Added', { price: '19.90' }, who);
  // @ts-expect-error without an id an order could be counted twice
  sluice.track('Order Completed', { total: 19.9 }, who);
  // @ts-expect-error the plan says what the event needs
  planned.track('Quiz Finished', undefined, who);
  // @ts-expect-error the plan has no such event
  planned.track('Quiz Finishd', { score: 7 }, who);
  // @ts-expect-error there is no such channel
  sluice.unsubscribe({ email: 'ada@example.com', channels: ['fax'] });
  // @ts-expect-error choices are true or false
  sluice.consent({ email: 'ada@example.com', categoryPreferences: { marketing: 'yes' } });
  return sluice;
}
