import type { SubscribeAnswer } from '@sluice/shared';
import { Hono } from 'hono';
import { recordSubscription } from '../consent/recordSubscription.ts';
import { truncateIp } from '../consent/truncateIp.ts';
import { readLocation } from '../enrich/readLocation.ts';
import type { HttpContext, HttpEnv } from '../http.ts';
import { enqueue } from '../ingest/enqueue.ts';
import { answerFailure, type Failure, fail } from '../ingest/failure.ts';
import { openRequest } from '../ingest/openRequest.ts';
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
  const settings = c.get('settings');
  const receivedAtMs = Date.now();
  const opened = await openRequest(c.req.raw, 'consent', settings);
  if (!opened.ok) return opened;
  const { body, source } = opened;
  const ip = c.req.header('cf-connecting-ip') ?? '';
  // A page's sign-up form is open to the world: a robot must not fill a list, or mail strangers their confirmation.
  if (source.kind === 'public' && !(await c.env.LIMITER.limit({ key: `subscribe:${source.id}:${ip}` })).success) {
    return fail('rate_limited', undefined, { retryAfterSeconds: 60 });
  }
  const account = settings.config.accounts[source.account];
  if (!account) throw new Error(`the source "${source.id}" names no account`);
  const country = readLocation(c.req.raw.cf as IncomingRequestCfProperties | undefined).country;
  const taken = takeSubscription(body, { source, account, config: settings.config, country, receivedAtMs });
  if (!taken.ok) return taken;
  const { subscription } = taken;
  const evidence = { ...taken.evidence, ip: truncateIp(ip), userAgent: c.req.header('user-agent')?.slice(0, 500) };
  const { ledgerKeys } = settings;
  const recorded = await recordSubscription(subscription, {
    db: c.env.DB,
    account: source.account,
    dispatcher: c.env.DISPATCHER.getByName(`${source.account}:0`),
    source: source.id,
    receivedAtMs,
    ledgerKeys,
    evidence,
  });
  if (!recorded.ok) return fail('storage_unavailable', undefined, { retryAfterSeconds: 5 });
  return enqueue(ingestQueues(c.env, c.get('settings').config), {
    v: 1,
    kind: 'subscribe',
    account: source.account,
    source: source.id,
    receivedAtMs,
    subscription,
  });
}
