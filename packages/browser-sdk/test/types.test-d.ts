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
    onDropped: ({ reason, messageId, event }) => console.log(reason, messageId, event),
  };
  createSluice(all);

  interface Cart {
    id: string;
    total: number;
  }
  const cart: Cart = { id: 'cart-1', total: 19.9 };
  sluice.track('Cart Viewed', cart);
  sluice.page();
  sluice.page('Home', { section: 'shoes' });
  sluice.identify('user-7');
  sluice.identify('user-7', { email: 'ada@example.com', plan: 'gold' });
  sluice.identify({ email: 'ada@example.com' });
  sluice.consent({ marketing: true, analytics: false });
  const id: string | null = sluice.anonymousId();
  const request: SubscribeRequest = { phone: '+15005550006', channels: ['sms'], evidence: { formVersion: id ?? '1' } };

  // @ts-expect-error the endpoint is needed
  createSluice({ writeKey: 'wk_demo' });
  // @ts-expect-error there is no such mode
  createSluice({ ...all, consentMode: 'maybe' });
  // @ts-expect-error the event needs a name
  sluice.track();
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
