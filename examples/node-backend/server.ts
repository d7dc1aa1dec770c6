import { serve } from '@hono/node-server';
import { createSluice } from '@sluice/node';
import { createOrderService } from './createOrderService.ts';
import { createRelay } from './createRelay.ts';
import { openDatabase } from './openDatabase.ts';

const {
  PORT = '8791',
  DATABASE = 'orders.db',
  SLUICE_ENDPOINT = 'http://127.0.0.1:8787',
  SLUICE_SECRET_KEY = 'sk_demo',
} = process.env;

const db = openDatabase(DATABASE);
// This process ends itself, in order, so the SDK must not.
const sluice = createSluice({ secretKey: SLUICE_SECRET_KEY, endpoint: SLUICE_ENDPOINT, handleExit: false });
sluice.on('dropped', ({ reason, messageId }) => console.error(`event ${messageId} was refused: ${reason}`));
sluice.on('error', ({ code, message }) => console.error(`${code}: ${message}`));
const relay = createRelay(db, sluice);
const app = createOrderService(db, relay);

const server = serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`Orders: http://127.0.0.1:${port}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // First no more orders, then what they left to say.
    server.close(async () => {
      await relay.stop();
      db.close();
    });
  });
}
