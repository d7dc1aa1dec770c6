import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../http.ts';

/**
 * Lets the pages of the configured origins read our answers. The SDK itself causes no preflight; published Segment
 * SDKs do. Which key may come from which origin is the authentication's business.
 */
export function cors(): MiddlewareHandler<HttpEnv> {
  return async function cors(c, next) {
    const origin = c.req.header('origin');
    const known = [...c.get('settings').publicSources.values()].some(
      ({ origins, allowNullOrigin }) =>
        origins.includes('*') || (origin === 'null' ? allowNullOrigin : origins.includes(origin ?? '')),
    );
    if (c.req.method === 'OPTIONS' && origin) {
      const headers = known ? { ...preflightHeaders(origin), ...credentialsHeader(c.req.path) } : {};
      return new Response(null, { status: 204, headers });
    }
    await next();
    if (origin && known) {
      c.header('access-control-allow-origin', origin);
      c.header('access-control-expose-headers', 'retry-after, x-request-id');
      for (const [name, value] of Object.entries(credentialsHeader(c.req.path))) c.header(name, value);
    }
    c.header('vary', 'origin', { append: true });
  };
}

/** What pages send, and what is answered whatever cookie comes along: an operator's session must be worth nothing here. */
const PAGES_ROUTES = /^\/v1\/(batch|track|page|screen|identify|alias|group|[btpsiag]|consent|subscribe|unsubscribe)$/;

/** A page may send cookies along, so that it may be sent one. */
function credentialsHeader(path: string): Record<string, string> {
  return PAGES_ROUTES.test(path) ? { 'access-control-allow-credentials': 'true' } : {};
}

function preflightHeaders(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    // Segment's browser SDK sends the last when it tries again.
    'access-control-allow-headers': 'content-type, authorization, content-encoding, x-retry-count',
    'access-control-max-age': '86400',
    vary: 'origin',
  };
}
