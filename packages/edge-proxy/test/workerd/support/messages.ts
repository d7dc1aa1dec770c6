import type { JsonObject } from '@sluice/shared';

export const yes = { consent: { categoryPreferences: { marketing: true } } };
export const no = { consent: { categoryPreferences: { marketing: false } } };

/** A tracked event of somebody who agreed. */
export function track(messageId: string, change: JsonObject = {}): JsonObject {
  return { type: 'track', event: 'Product Viewed', messageId, anonymousId: 'anon-1', context: yes, ...change };
}

export function identify(messageId: string, traits: JsonObject, change: JsonObject = {}): JsonObject {
  return { type: 'identify', messageId, anonymousId: 'anon-1', traits, context: yes, ...change };
}

export function order(messageId: string, orderId: string, change: JsonObject = {}): JsonObject {
  const products = [{ product_id: 'p1', sku: 'A', price: 10, quantity: 2 }];
  return track(messageId, {
    event: 'Order Completed',
    properties: { order_id: orderId, total: 20, products },
    ...change,
  });
}
