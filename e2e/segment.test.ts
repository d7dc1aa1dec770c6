import { Analytics } from '@segment/analytics-node';
import { expect, test } from 'vitest';
import { MAIL_DOMAIN, SECRET_KEY } from './support/demo.ts';
import { useStack } from './support/testStack.ts';
import { waitFor } from './support/waitFor.ts';

const stackNow = useStack();

test("Segment's own Node SDK, pointed at the proxy, reaches one profile in Klaviyo", async () => {
  const { stack, klaviyo, proxy, drained } = stackNow();
  const email = `grace${MAIL_DOMAIN}`;
  const userId = 'customer-42';
  const analytics = new Analytics({ writeKey: SECRET_KEY, host: stack.urls.proxy });
  const statuses: unknown[] = [];
  analytics.on('http_response', ({ status }: { status: number }) => statuses.push(status));
  analytics.on('error', (error) => statuses.push(error));

  analytics.identify({ userId, traits: { email, firstName: 'Grace', lastName: 'Hopper', plan: 'gold' } });
  analytics.page({ userId, name: 'Home', properties: { url: 'https://shop.example/', path: '/' } });
  analytics.track({
    userId,
    event: 'Order Completed',
    properties: {
      order_id: 'SEG-1001',
      total: 57.5,
      currency: 'EUR',
      products: [
        { product_id: 'p-1', sku: 'HAT-S', name: 'Sun hat', price: 15, quantity: 2 },
        { product_id: 'p-2', sku: 'SAN-42', name: 'Sandals', price: 27.5 },
      ],
    },
  });
  await analytics.closeAndFlush();
  await waitFor('four events', { look: () => klaviyo.events(), isEnough: ({ length }) => length >= 4 });
  await drained();

  const [profile, ...others] = await klaviyo.profiles();
  const events = await klaviyo.events(`equals(profile_id,"${profile?.id}")`);
  expect({
    statuses,
    others,
    profile: {
      email: profile?.email,
      firstName: profile?.first_name,
      lastName: profile?.last_name,
      more: profile?.properties,
    },
    events: events.toSorted((a, b) => `${a.metric}${a.uniqueId}`.localeCompare(`${b.metric}${b.uniqueId}`)),
    figures: await proxy.readTotals(),
  }).toEqual({
    statuses: [202],
    others: [],
    profile: { email, firstName: 'Grace', lastName: 'Hopper', more: { plan: 'gold' } },
    events: [
      ordered(email, 'HAT-S', { ProductID: 'p-1', ProductName: 'Sun hat', Quantity: 2, price: 15 }, 30),
      ordered(email, 'SAN-42', { ProductID: 'p-2', ProductName: 'Sandals', Quantity: 1, price: 27.5 }, 27.5),
      {
        metric: 'Placed Order',
        email,
        uniqueId: 'SEG-1001',
        value: 57.5,
        currency: 'EUR',
        properties: {
          OrderId: 'SEG-1001',
          ItemNames: ['Sun hat', 'Sandals'],
          Items: [
            { ProductID: 'p-1', SKU: 'HAT-S', ProductName: 'Sun hat', Quantity: 2, ItemPrice: 15, RowTotal: 30 },
            { ProductID: 'p-2', SKU: 'SAN-42', ProductName: 'Sandals', Quantity: 1, ItemPrice: 27.5, RowTotal: 27.5 },
          ],
          total: 57.5,
          currency: 'EUR',
        },
      },
      {
        metric: 'Viewed Page',
        email,
        uniqueId: expect.stringMatching(/^node-next-/),
        value: undefined,
        currency: undefined,
        properties: { name: 'Home', url: 'https://shop.example/', path: '/' },
      },
    ],
    figures: { accepted: 5, waiting: 0, delivered: 5, refused: 0, dead: 0, duplicate: 0 },
  });
});

function ordered(email: string, sku: string, product: Record<string, unknown>, value: number) {
  return {
    metric: 'Ordered Product',
    email,
    uniqueId: `SEG-1001:${sku}`,
    value,
    currency: 'EUR',
    properties: { OrderId: 'SEG-1001', SKU: sku, ...product },
  };
}
