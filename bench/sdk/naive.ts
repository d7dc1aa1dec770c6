import type { Sdk } from '../../packages/browser-sdk/test/support/reliability/sdk.ts';

/** The least that could be done: an array, and one request. It promises nothing. */
export const NAIVE: Sdk = {
  name: 'naive control',
  script: `self.naive = (endpoint) => {
    const waiting = [];
    return (name, properties) => {
      if (!waiting.length) setTimeout(() => fetch(endpoint, { method: 'POST', keepalive: true, body: JSON.stringify(waiting.splice(0)) }));
      waiting.push({ type: 'track', event: name, properties, messageId: crypto.randomUUID?.(), timestamp: new Date() });
    };
  };`,
  start: 'self.send = naive(endpoint)',
  track: 'send(name, { product_id: "sku-1", price: 19.9, quantity: 1 })',
};
