import type { UnsubscribeAnswer } from '@sluice/shared';
import { Hono } from 'hono';
import type { HttpContext, HttpEnv } from '../http.ts';
import { answerFailure, type Failure, fail } from '../ingest/failure.ts';
import { openConsentRequest } from '../ingest/openConsentRequest.ts';
import { optOut } from './optOut.ts';
import { takeUnsubscription } from './takeUnsubscription.ts';

/** `POST /v1/unsubscribe`: check, ledger, block, hand over to the Dispatcher, answer. No queue may hold it up. */
export function unsubscribeRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post('/', async (c) => {
    const result = await unsubscribe(c);
    const requestId = c.get('requestId');
    return result.ok
      ? c.json({ status: 'accepted', inFlight: result.inFlight, requestId } satisfies UnsubscribeAnswer, 202)
      : answerFailure(result, requestId);
  });
}

async function unsubscribe(c: HttpContext): Promise<{ ok: true; inFlight: string[] } | Failure> {
  const opened = await openConsentRequest(c, 'unsubscribe');
  if (!opened.ok) return opened;
  const { body, source, receivedAtMs } = opened;
  const taken = takeUnsubscription(body, opened);
  if (!taken.ok) return taken;
  const optedOut = await optOut(taken.unsubscription, {
    env: c.env,
    ledgerKeys: c.get('settings').ledgerKeys,
    account: source.account,
    source: source.id,
    receivedAtMs,
    evidence: { ...taken.evidence, ...opened.evidence },
  });
  return optedOut.ok ? optedOut : fail('storage_unavailable', undefined, { retryAfterSeconds: 5 });
}
