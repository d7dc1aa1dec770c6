import type { Hono } from 'hono';

const NO_CONTENT = 204;
const ORIGIN = 'access-control-allow-origin';

// Klaviyo's own list of headers is not documented: the shortest that its libraries need is the hardest on a page.
const PREFLIGHT = {
  [ORIGIN]: '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'accept, content-type, revision, x-klaviyo-user-agent',
  'access-control-max-age': '600',
};

/** Lets pages of any origin call /client, errors included, and nothing else. */
export function allowBrowsers(app: Hono): void {
  app.options('/client/*', () => new Response(null, { status: NO_CONTENT, headers: PREFLIGHT }));
  app.use('/client/*', async (context, next) => {
    await next();
    context.header(ORIGIN, '*');
  });
}
