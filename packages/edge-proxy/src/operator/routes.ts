import { Hono } from 'hono';
import type { HttpEnv } from '../http.ts';
import { readAuthorization } from '../ingest/authenticate.ts';
import { answerFailure, fail } from '../ingest/failure.ts';
import { deadLettersRoute } from './deadLettersRoute.ts';
import { deliveryRoute } from './deliveryRoute.ts';
import { importRoute } from './importRoute.ts';
import { replayRoute } from './replayRoute.ts';
import { verifyRoute } from './verifyRoute.ts';

/** Routes for the person who runs the proxy, behind an operator token. */
export function operatorRoutes(): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();

  routes.use(async (c, next) => {
    const token = readAuthorization(c.req.header('authorization') ?? null);
    const operator = token === undefined ? undefined : c.get('settings').operators.get(token);
    if (operator === undefined) return answerFailure(fail('operator_unauthorized'), c.get('requestId'));
    c.set('operator', operator);
    await next();
    // Answers may hold what people did: no cache may keep them.
    c.header('cache-control', 'no-store');
  });

  routes.route('/delivery', deliveryRoute());
  routes.route('/dead-letters', deadLettersRoute());
  routes.route('/replay', replayRoute());
  routes.route('/consent/verify', verifyRoute());
  routes.route('/consent/import', importRoute());

  return routes;
}
