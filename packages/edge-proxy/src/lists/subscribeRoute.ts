import type { SubscribeAnswer } from '@sluice/shared';
import { Hono } from 'hono';
import type { Decision } from '../consent/decision.ts';
import { recordSubscription } from '../consent/recordSubscription.ts';
import { tellStatus } from '../consent/tellStatus.ts';
import type { HttpContext, HttpEnv } from '../http.ts';
import { enqueue } from '../ingest/enqueue.ts';
import { answerFailure, type Failure, fail } from '../ingest/failure.ts';
import { openConsentRequest } from '../ingest/openConsentRequest.ts';
import { ingestQueues } from '../ingest/queues.ts';
import { logDefect } from '../logDefect.ts';
import { readStatuses } from '../store/subscriptionStatus.ts';
import { guardSignUp } from './abuse/guardSignUp.ts';
import { confirmReoptIn } from './confirmReoptIn.ts';
import { takeSubscription } from './takeSubscription.ts';

type Subscribed = { ok: true; status: SubscribeAnswer['status'] } | Failure;

/** `POST /v1/subscribe`: check, keep robots out, ledger, queue, answer. */
export function subscribeRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post('/', async (c) => {
    const result = await subscribe(c);
    const requestId = c.get('requestId');
    return result.ok
      ? c.json({ status: result.status, requestId } satisfies SubscribeAnswer, 202)
      : answerFailure(result, requestId);
  });
}

async function subscribe(c: HttpContext): Promise<Subscribed> {
  const settings = c.get('settings');
  const { config, ledgerKeys } = settings;
  const opened = await openConsentRequest(c, 'subscribe');
  if (!opened.ok) return opened;
  const { body, source, account, country, receivedAtMs } = opened;
  const taken = takeSubscription(body, { source, account, config, country, receivedAtMs });
  if (!taken.ok) return taken;
  const { subscription } = taken;
  const guarded = await guardSignUp(c, opened, subscription);
  if (guarded) return guarded;
  const db = c.env.DB;
  const dispatcher = c.env.DISPATCHER.getByName(`${source.account}:0`);
  const confirmed = await confirmReoptIn(subscription, { source, db, dispatcher, settings });
  if (!confirmed.ok) return confirmed;
  const recorded = await recordSubscription(subscription, {
    db,
    dispatcher,
    account: source.account,
    source: source.id,
    receivedAtMs,
    ledgerKeys,
    evidence: { ...taken.evidence, ...opened.evidence },
  });
  if (!recorded.ok) return fail('storage_unavailable', undefined, { retryAfterSeconds: 5 });
  const { decisions, isRepeat } = recorded;
  // What Klaviyo was seen to have is not sent again: that might mail the person again.
  const status = isRepeat ? await readStatus(db, decisions) : 'accepted';
  if (status !== 'accepted') return { ok: true, status };
  const queued = await enqueue(ingestQueues(c.env, config), {
    v: 1,
    kind: 'subscribe',
    account: source.account,
    source: source.id,
    receivedAtMs,
    subscription: { ...subscription, decidedAtMs: Math.min(...decisions.map((each) => each.decidedAtMs)) },
  });
  return queued.ok ? { ok: true, status } : queued;
}

/** It stands in the ledger: that its status cannot be read is no reason to refuse it. */
async function readStatus(db: D1Database, decisions: readonly Decision[]): Promise<SubscribeAnswer['status']> {
  try {
    const subjects = decisions.map(({ subject }) => subject.subject);
    return tellStatus(decisions, await readStatuses(db, subjects));
  } catch (error) {
    logDefect('a status cannot be read', error);
    return 'accepted';
  }
}
