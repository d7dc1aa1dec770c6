import { getRequestListener } from '@hono/node-server';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { createStorefront, type StorefrontOptions } from '../../createStorefront.ts';
import { CHROMIUM_ARGS, CHROMIUM_PATH } from './chromium.ts';
import { listen } from './listen.ts';
import { type Endpoint, startEndpoint } from './startEndpoint.ts';

export interface Shop extends AsyncDisposable {
  page: Page;
  url: string;
  endpoint: Endpoint;
  /** Errors that no code of the page caught. */
  errors: Error[];
}

let browser: Browser;

/** One Chromium for all tests of a file; call it at the file's top. */
export function useChromium() {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: CHROMIUM_ARGS });
  });
  afterAll(() => browser.close());
}

/** A shop with an endpoint of its own, and a fresh visitor at its door. */
export async function openShop(
  { hasSdk = true, ...options }: Partial<StorefrontOptions> & { hasSdk?: boolean } = {},
  visitor: BrowserContextOptions = {},
): Promise<Shop> {
  const endpoint = await startEndpoint(hasSdk);
  const app = createStorefront({ endpoint: endpoint.url, writeKey: 'wk_test', listId: 'LIST01', ...options });
  const server = await listen(getRequestListener(app.fetch));
  const context = await browser.newContext({ baseURL: server.url, ...visitor });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  return {
    page,
    url: server.url,
    endpoint,
    errors,
    async [Symbol.asyncDispose]() {
      await context.close();
      await Promise.all([server.close(), endpoint.close()]);
    },
  };
}
