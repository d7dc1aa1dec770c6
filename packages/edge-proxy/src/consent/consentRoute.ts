import type { ConsentAnswer } from '@sluice/shared';
import { Hono } from 'hono';
import type { HttpContext, HttpEnv } from '../http.ts';
import { answerFailure, type Failure, fail } from '../ingest/failure.ts';
import { openConsentRequest } from '../ingest/openConsentRequest.ts';
import { recordTracking } from './recordTracking.ts';
import { takeConsent } from './takeConsent.ts';

/** `POST /v1/consent`: check, ledger, block, answer. A no stops what waits already. */
export function consentRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post('/', async (c) => {
    const result = await choose(c);
    const requestId = c.get('requestId');
    if (!result.ok) return answerFailure(result, requestId);
    const { status, inFlight } = result;
    return c.json({ status, inFlight, requestId } satisfies ConsentAnswer);
  });
}

async function choose(c: HttpContext): Promise<({ ok: true } & Omit<ConsentAnswer, 'requestId'>) | Failure> {
  const { config, ledgerKeys } = c.get('settings');
  const opened = await openConsentRequest(c, 'consent');
  if (!opened.ok) return opened;
  const { body, source, receivedAtMs } = opened;
  const taken = takeConsent(body, { ...opened, config });
  if (!taken.ok) return taken;
  const recorded = await recordTracking(taken.choice, {
    db: c.env.DB,
    dispatcher: c.env.DISPATCHER.getByName(`${source.account}:0`),
    account: source.account,
    source: source.id,
    receivedAtMs,
    ledgerKeys,
    evidence: { ...taken.evidence, ...opened.evidence },
  });
  if (!recorded.ok) return fail('storage_unavailable', undefined, { retryAfterSeconds: 5 });
  return { ok: true, status: taken.choice.decision, inFlight: recorded.inFlight };
}
