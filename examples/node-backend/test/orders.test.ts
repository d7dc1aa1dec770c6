import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSluice } from '@sluice/node';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createOrderService } from '../createOrderService.ts';
import { createRelay } from '../createRelay.ts';
import { openDatabase } from '../openDatabase.ts';
import { placeOrder } from '../placeOrder.ts';
import { type Endpoint, startEndpoint } from './support/startEndpoint.ts';

const SERVER = fileURLToPath(new URL('../server.ts', import.meta.url));
const ORDER = { email: 'ada@example.com', country: 'DE', lines: [{ sku: 'EW-MUG-01', quantity: 2 }] };
const LINE = { sku: 'EW-MUG-01', name: 'Harbour Mug', price: 28, quantity: 2 };

function makeFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-orders-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return join(dir, 'orders.db');
}

function open(file: string, url: string) {
  const db = openDatabase(file);
  const sluice = createSluice({ secretKey: 'sk_test', endpoint: url, handleExit: false });
  sluice.on('error', () => {});
  const relay = createRelay(db, sluice);
  const app = createOrderService(db, relay);
  const post = (path: string, body: unknown = {}) => app.request(path, { method: 'POST', body: JSON.stringify(body) });
  const waiting = () => db.prepare('SELECT count(*) AS n FROM outbox WHERE refused IS NULL').get()?.n;
  return { db, relay, post, waiting, end: () => relay.stop().then(() => db.close()) };
}

const names = ({ taken }: Endpoint) => taken.map(({ event }) => event);

test('an order is reported with its lines, its buyer and the country whose rules hold, and a cancellation after it', async () => {
  const endpoint = await startEndpoint();
  const shop = open(makeFile(), endpoint.url);
  const placed = await shop.post('/orders', { ...ORDER, wantsNews: true });
  const { id } = (await placed.json()) as { id: string };
  await vi.waitFor(() => expect(shop.waiting()).toBe(0));
  const cancelled = await shop.post(`/orders/${id}/cancel`);
  const again = await shop.post(`/orders/${id}/cancel`);
  await vi.waitFor(() => expect(shop.waiting()).toBe(0));
  await shop.end();
  await endpoint.close();
  const [first] = endpoint.taken;
  expect([
    placed.status,
    cancelled.status,
    again.status,
    names(endpoint),
    first?.properties,
    first?.context,
    endpoint.signUps,
  ]).toEqual([
    201,
    200,
    404,
    ['Order Completed', 'Order Cancelled'],
    { order_id: id, total: 56, currency: 'EUR', products: [LINE] },
    { traits: { email: 'ada@example.com' }, location: { country: 'DE' } },
    [
      expect.objectContaining({
        email: 'ada@example.com',
        evidence: { formText: 'Yes, send me news about stoneware.' },
      }),
    ],
  ]);
});

test('an order is taken while the proxy is down, and reported when it is back', async () => {
  const gone = await startEndpoint();
  await gone.close();
  const shop = open(makeFile(), gone.url);
  const placed = await shop.post('/orders', ORDER);
  const waiting = shop.waiting();
  const endpoint = await startEndpoint({ port: gone.port });
  await vi.waitFor(() => expect(shop.waiting()).toBe(0), { timeout: 10_000 });
  await shop.end();
  await endpoint.close();
  expect([placed.status, waiting, names(endpoint)]).toEqual([201, 1, ['Order Completed']]);
});

test('an order, and the sign-up with it, whose process died right after is reported by the next', async () => {
  const file = makeFile();
  const dying = openDatabase(file);
  placeOrder(dying, { ...ORDER, lines: [LINE], wantsNews: true });
  dying.close();
  const endpoint = await startEndpoint();
  const shop = open(file, endpoint.url);
  await vi.waitFor(() => expect(shop.waiting()).toBe(0));
  await shop.end();
  await endpoint.close();
  expect([names(endpoint), endpoint.signUps.map(({ email }) => email)]).toEqual([
    ['Order Completed'],
    ['ada@example.com'],
  ]);
});

test('a process that dies before it noted the answer sends again, under the same id', async () => {
  const file = makeFile();
  const endpoint = await startEndpoint();
  const first = open(file, endpoint.url);
  await first.post('/orders', ORDER);
  const rows = first.db.prepare('SELECT * FROM outbox').all();
  await vi.waitFor(() => expect(first.waiting()).toBe(0));
  // As if the row had never been removed.
  for (const { seq, message_id, event, properties, options } of rows)
    first.db
      .prepare('INSERT INTO outbox VALUES (?, ?, ?, ?, ?, NULL)')
      .run(seq ?? 0, message_id ?? '', event ?? '', properties ?? '', options ?? '');
  await first.end();
  const second = open(file, endpoint.url);
  await vi.waitFor(() => expect(second.waiting()).toBe(0));
  await second.end();
  await endpoint.close();
  expect([endpoint.taken.length, new Set(endpoint.taken.map(({ messageId }) => messageId)).size]).toEqual([2, 1]);
});

test('a database that fails for a while stops neither the server nor, later, the reports', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const endpoint = await startEndpoint();
  const shop = open(makeFile(), endpoint.url);
  shop.db.exec("CREATE TRIGGER full BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END");
  await shop.post('/orders', ORDER);
  await vi.waitFor(() => expect(said).toHaveBeenCalled());
  shop.db.exec('DROP TRIGGER full');
  await shop.post('/orders', ORDER);
  await vi.waitFor(() => expect(shop.waiting()).toBe(0));
  await shop.end();
  await endpoint.close();
  const lines = said.mock.calls.flat();
  said.mockRestore();
  expect([lines, new Set(endpoint.taken.map(({ messageId }) => messageId)).size]).toEqual([
    ['outbox: ERR_SQLITE_ERROR'],
    2,
  ]);
});

test('what the proxy refuses is kept with its reason, and not sent for ever', async () => {
  const endpoint = await startEndpoint({ refuse: () => true });
  const shop = open(makeFile(), endpoint.url);
  await shop.post('/orders', ORDER);
  await vi.waitFor(() => expect(shop.waiting()).toBe(0));
  const kept = shop.db
    .prepare('SELECT refused FROM outbox')
    .all()
    .map(({ refused }) => refused);
  await shop.end();
  await endpoint.close();
  expect(kept).toEqual(['consent_denied']);
});

test.for([
  [{ ...ORDER, email: 'ada' }, 'email: an address'],
  [{ ...ORDER, country: 'Germany' }, 'country: two letters, such as "DE"'],
  [{ ...ORDER, lines: [] }, 'lines: one or more of { sku, quantity }'],
  [{ ...ORDER, lines: [{ sku: 'toString', quantity: 1 }] }, 'lines: sku one of EW-MUG-01, EW-ESP-02'],
] as const)('refuses %j with what it expects', async ([body, expected]) => {
  const shop = open(makeFile(), 'http://127.0.0.1:9');
  const answer = await shop.post('/orders', body);
  const said = await answer.json();
  await shop.end();
  expect([answer.status, said]).toEqual([400, { error: expected }]);
});

test('SIGTERM ends the server in order: what its orders have to say is sent', async () => {
  const endpoint = await startEndpoint();
  const env = {
    ...process.env,
    PORT: '0',
    DATABASE: makeFile(),
    SLUICE_ENDPOINT: endpoint.url,
    SLUICE_SECRET_KEY: 'sk_test',
  };
  const child = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const url = String(line).match(/http:\S+/)?.[0];
  const placed = await fetch(`${url}/orders`, {
    method: 'POST',
    body: JSON.stringify(ORDER),
    headers: { connection: 'close' },
  });
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  await endpoint.close();
  expect([placed.status, code, names(endpoint)]).toEqual([201, 0, ['Order Completed']]);
});
