import { Hono } from 'hono';
import type { HttpEnv } from '../http.ts';
import { readAuthorization } from '../ingest/authenticate.ts';
import { answerFailure, fail } from '../ingest/failure.ts';

/** Routes for the person who runs the proxy, behind an operator token. */
export function operatorRoutes(): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();

  routes.use(async (c, next) => {
    const token = readAuthorization(c.req.header('authorization') ?? null);
    if (token === undefined || !c.get('settings').operators.has(token))
      return answerFailure(fail('operator_unauthorized'), c.get('requestId'));
    return next();
  });

  /** What waits, and what became of everything else, by account. */
  routes.get('/delivery', async (c) => {
    const accounts = Object.keys(c.get('settings').config.accounts);
    const figures = await Promise.all(
      accounts.map(async (account) => [account, await c.env.DISPATCHER.getByName(`${account}:0`).figures()] as const),
    );
    return c.json({ accounts: Object.fromEntries(figures) });
  });

  return routes;
}
