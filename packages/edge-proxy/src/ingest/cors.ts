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
      return new Response(null, { status: 204, headers: known ? preflightHeaders(origin) : {} });
    }
    await next();
    if (origin && known) {
      c.header('access-control-allow-origin', origin);
      c.header('access-control-expose-headers', 'retry-after, x-request-id');
    }
    c.header('vary', 'origin', { append: true });
  };
}

function preflightHeaders(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type, authorization',
    'access-control-max-age': '86400',
    vary: 'origin',
  };
}
