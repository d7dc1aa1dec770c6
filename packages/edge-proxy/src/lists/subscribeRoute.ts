import type { SubscribeAnswer } from '@sluice/shared';
import { Hono } from 'hono';
import { recordSubscription } from '../consent/recordSubscription.ts';
import type { HttpContext, HttpEnv } from '../http.ts';
import { enqueue } from '../ingest/enqueue.ts';
import { answerFailure, type Failure, fail } from '../ingest/failure.ts';
import { openConsentRequest } from '../ingest/openConsentRequest.ts';
import { ingestQueues } from '../ingest/queues.ts';
import { takeSubscription } from './takeSubscription.ts';

/** `POST /v1/subscribe`: check, ledger, queue, answer. */
export function subscribeRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post('/', async (c) => {
    const result = await subscribe(c);
    const requestId = c.get('requestId');
    return result.ok
      ? c.json({ status: 'accepted', requestId } satisfies SubscribeAnswer, 202)
      : answerFailure(result, requestId);
  });
}

async function subscribe(c: HttpContext): Promise<{ ok: true } | Failure> {
  const { config, ledgerKeys } = c.get('settings');
  const opened = await openConsentRequest(c, 'subscribe');
  if (!opened.ok) return opened;
  const { body, source, account, country, receivedAtMs } = opened;
  const taken = takeSubscription(body, { source, account, config, country, receivedAtMs });
  if (!taken.ok) return taken;
  const { subscription } = taken;
  const recorded = await recordSubscription(subscription, {
    db: c.env.DB,
    dispatcher: c.env.DISPATCHER.getByName(`${source.account}:0`),
    account: source.account,
    source: source.id,
    receivedAtMs,
    ledgerKeys,
    evidence: { ...taken.evidence, ...opened.evidence },
  });
  if (!recorded.ok) return fail('storage_unavailable', undefined, { retryAfterSeconds: 5 });
  return enqueue(ingestQueues(c.env, config), {
    v: 1,
    kind: 'subscribe',
    account: source.account,
    source: source.id,
    receivedAtMs,
    subscription: { ...subscription, decidedAtMs: recorded.decidedAtMs },
  });
}
