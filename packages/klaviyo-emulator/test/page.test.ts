import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderPageScript } from '../page.build.ts';
import { eventBody, PATHS } from './support/bodies.ts';
import { createTestEmulator } from './support/createTestEmulator.ts';

test('the page and its files are served, with a policy that runs nothing else', async () => {
  const { send } = createTestEmulator();
  const page = await send('GET', '/');
  const files = [...page.body.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
  const types = [];
  for (const path of files) types.push((await send('GET', path)).headers.get('content-type'));
  expect([page.headers.get('content-security-policy'), types]).toEqual([
    expect.stringContaining("default-src 'none'; img-src data:; script-src 'self'"),
    ['text/css; charset=utf-8', 'text/javascript; charset=utf-8'],
  ]);
});

test('the page loads nothing from elsewhere and never writes markup', async () => {
  const { send } = createTestEmulator();
  const texts = [
    await send('GET', '/'),
    await send('GET', '/__emulator/page.js'),
    await send('GET', '/__emulator/page.css'),
  ];
  const all = texts.map(({ body }) => body).join('\n');
  expect(all.match(/https?:\/\/|innerHTML|outerHTML|insertAdjacentHTML|document\.write|@import|eval\(/g)).toBeNull();
});

test('the script that is served is what its sources say', async () => {
  const kept = readFileSync(new URL('../src/page/script.generated.ts', import.meta.url), 'utf8');
  expect(kept === (await renderPageScript()), 'run `npm run page` in packages/klaviyo-emulator').toBe(true);
});

test('the script of the page is valid JavaScript', async () => {
  const { send } = createTestEmulator();
  const { body } = await send('GET', '/__emulator/page.js');
  expect(() => new Function(`return async () => {${body}}`)).not.toThrow();
});

test('what it shows is newest first, and a second question without news costs nothing', async () => {
  const { send, emulator } = createTestEmulator();
  for (const unique_id of ['o1', 'o2']) {
    await send('POST', PATHS.event, eventBody({ unique_id }));
    emulator.clock.advance(1000);
  }
  const { headers, body } = await send('GET', '/__emulator/page.json');
  const tag = { 'if-none-match': headers.get('etag') ?? '' };
  const again = await send('GET', '/__emulator/page.json', undefined, tag);
  await send('POST', PATHS.event, eventBody({ unique_id: 'o3' }));
  const news = await send('GET', '/__emulator/page.json', undefined, tag);
  const ids = (events: { unique_id: string }[]) => events.map(({ unique_id }) => unique_id);
  expect([ids(body.events), again.status, ids(news.body.events)]).toEqual([['o2', 'o1'], 304, ['o3', 'o2', 'o1']]);
});

test('the emulator imports nothing that only Node has', () => {
  const start = fileURLToPath(new URL('../src/index.ts', import.meta.url));
  const seen = new Set<string>();
  const foreign = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
      if (from.startsWith('.')) visit(resolve(dirname(file), from));
      else foreign.add(from);
    }
  };
  visit(start);
  expect([...foreign]).toEqual(['hono']);
});
