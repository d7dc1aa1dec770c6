import type { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import type { Relay } from './createRelay.ts';
import { cancelOrder, placeOrder } from './placeOrder.ts';
import { readOrder } from './readOrder.ts';

/** Takes orders. An answer never waits for the event, and never fails because of it. */
export function createOrderService(db: DatabaseSync, relay: Relay): Hono {
  const app = new Hono();

  app.post('/orders', async (c) => {
    const read = readOrder(await c.req.json().catch(() => undefined));
    if (!read.ok) return c.json({ error: read.expected }, 400);
    const { order } = read;
    const id = placeOrder(db, order);
    relay.wake();
    return c.json({ id }, 201);
  });

  app.post('/orders/:id/cancel', (c) => {
    if (!cancelOrder(db, c.req.param('id'))) return c.json({ error: 'no such order, or cancelled already' }, 404);
    relay.wake();
    return c.json({ ok: true });
  });

  return app;
}
