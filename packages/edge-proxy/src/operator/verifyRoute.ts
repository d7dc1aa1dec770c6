import { VerifyQuerySchema } from '@sluice/shared';
import { Hono } from 'hono';
import { verifyLedger } from '../consent/verifyLedger.ts';
import type { HttpEnv } from '../http.ts';
import { answerFailure } from '../ingest/failure.ts';
import { readInput } from '../ingest/readInput.ts';
import { findDispatcher } from './findDispatcher.ts';

/** `GET /v1/operator/consent/verify`: recomputes the ledger's next chains and names what is not as it was written. */
export function verifyRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get('/', async (c) => {
    const requestId = c.get('requestId');
    const input = readInput(VerifyQuerySchema, c.req.query());
    if (!input.ok) return answerFailure(input, requestId);
    const { account, cursor } = input.value;
    const found = findDispatcher(c, account);
    if (!found.ok) return answerFailure(found, requestId);
    const page = await verifyLedger({
      db: c.env.DB,
      account,
      ledgerKeys: c.get('settings').ledgerKeys,
      readHeads: async (after, limit) => found.dispatcher.readHeads(after, limit),
      after: cursor,
    });
    if (page.breaks.length > 0)
      console.error(JSON.stringify({ message: 'ledger broken', account, breaks: page.breaks.length, requestId }));
    return c.json(page);
  });
}
