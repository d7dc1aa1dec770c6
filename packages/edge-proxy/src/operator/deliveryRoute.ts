import { Hono } from 'hono';
import type { HttpEnv } from '../http.ts';
import { answerFailure, fail } from '../ingest/failure.ts';

const DEFAULT_MINUTES = 60;
/** As long as single minutes are kept. */
const MAX_MINUTES = 24 * 60;

/** `GET /v1/operator/delivery`: what waits, what became of everything else, and how Klaviyo answers, by account. */
export function deliveryRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get('/', async (c) => {
    const minutes = Number(c.req.query('minutes') ?? DEFAULT_MINUTES);
    if (!Number.isInteger(minutes) || minutes < 0 || minutes > MAX_MINUTES)
      return answerFailure(fail('body_malformed', `minutes: expected 0 to ${MAX_MINUTES}`), c.get('requestId'));
    const accounts = Object.keys(c.get('settings').config.accounts);
    const figures = await Promise.all(
      accounts.map(
        async (account) => [account, await c.env.DISPATCHER.getByName(`${account}:0`).figures(minutes)] as const,
      ),
    );
    return c.json({ accounts: Object.fromEntries(figures) });
  });
}
