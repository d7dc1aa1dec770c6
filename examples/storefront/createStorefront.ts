import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { products } from './public/js/catalog.js';
import { type PageContent, renderPage } from './renderPage.ts';
import { renderCards, renderProduct } from './renderProducts.ts';

export interface StorefrontOptions {
  /** Origin of the Sluice proxy, for example `http://127.0.0.1:8787`. */
  endpoint: string;
  /** Public write key of the shop's source. */
  writeKey: string;
  /** Klaviyo list of the newsletter. Empty: the form says that no list is set. */
  listId: string;
  /** Address at which a person can see what arrived. Empty: the page shows no link. */
  inspectUrl?: string;
}

const PUBLIC = fileURLToPath(new URL('./public', import.meta.url));

/** The shop as a Hono app: six pages, their files, and the page's configuration. */
export function createStorefront(options: StorefrontOptions): Hono {
  const { writeKey, listId, inspectUrl = '' } = options;
  const endpoint = new URL(options.endpoint).origin;
  const policy = contentSecurityPolicy(endpoint);
  const page = (name: string, label: string, more: Partial<PageContent> = {}) =>
    renderPage({ name, label, inspectUrl, endpoint, ...more });
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', policy);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Cache-Control', 'no-cache');
  });

  app.get('/', async (c) =>
    c.html(await page('home', 'Home', { title: 'Stoneware', slots: { cards: await renderCards(products) } })),
  );
  app.get('/products/:handle', async (c) => {
    const product = products.find(({ handle }) => handle === c.req.param('handle'));
    if (!product) return c.notFound();
    return c.html(await page('product', 'Product', await renderProduct(product)));
  });
  app.get('/cart', async (c) => c.html(await page('cart', 'Cart')));
  app.get('/checkout', async (c) => c.html(await page('checkout', 'Checkout')));
  app.get('/preferences', async (c) => c.html(await page('preferences', 'Preferences')));
  app.get('/thanks', async (c) => c.html(await page('thanks', 'Thank you')));

  app.get('/config.js', (c) => {
    const config = JSON.stringify({ writeKey, endpoint, listId });
    return c.body(`export const config = ${config};\n`, 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  });
  app.use(serveStatic({ root: PUBLIC }));
  app.notFound(async (c) => c.html(await page('not-found', 'Not found'), 404));
  return app;
}

/** All that a shop has to allow for Sluice is one origin, for the script and for what it sends; no inline code. */
function contentSecurityPolicy(endpointOrigin: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${endpointOrigin}`,
    `connect-src 'self' ${endpointOrigin}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
