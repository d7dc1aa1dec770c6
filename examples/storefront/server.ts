import { serve } from '@hono/node-server';
import { createStorefront } from './createStorefront.ts';

const {
  PORT = '8789',
  SLUICE_ENDPOINT = 'http://127.0.0.1:8787',
  SLUICE_WRITE_KEY = 'wk_demo',
  SLUICE_LIST_ID = 'DEMO01',
  SLUICE_INSPECT_URL = 'http://127.0.0.1:8790',
} = process.env;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const port = Number(PORT);
if (!/^\d+$/.test(PORT) || port > 65_535) fail(`PORT must be a port number such as 8789, not "${PORT}".`);
if (!URL.canParse(SLUICE_ENDPOINT)) {
  fail(`SLUICE_ENDPOINT must be an address such as http://127.0.0.1:8787, not "${SLUICE_ENDPOINT}".`);
}

const app = createStorefront({
  endpoint: SLUICE_ENDPOINT,
  writeKey: SLUICE_WRITE_KEY,
  listId: SLUICE_LIST_ID,
  inspectUrl: SLUICE_INSPECT_URL,
});
const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) => {
  console.log(`Storefront: http://127.0.0.1:${address.port}`);
});

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  fail(`Port ${port} is taken: stop what listens there, or start the storefront with another PORT.`);
});

// Open keep-alive connections would hold the process for seconds; a demo shop has nothing to finish.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
