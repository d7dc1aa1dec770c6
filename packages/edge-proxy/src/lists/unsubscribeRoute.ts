import type { UnsubscribeAnswer } from '@sluice/shared';
import { Hono } from 'hono';
import { recordUnsubscription } from '../consent/recordUnsubscription.ts';
import { chunkItems } from '../deliver/chunkItems.ts';
import type { HttpContext, HttpEnv } from '../http.ts';
import { answerFailure, type Failure, fail } from '../ingest/failure.ts';
import { openConsentRequest } from '../ingest/openConsentRequest.ts';
import { logDefect } from '../logDefect.ts';
import { mapUnsubscription } from '../map/mapUnsubscription.ts';
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
  const dispatcher = c.env.DISPATCHER.getByName(`${source.account}:0`);
  const recorded = await recordUnsubscription(taken.unsubscription, {
    db: c.env.DB,
    dispatcher,
    account: source.account,
    source: source.id,
    receivedAtMs,
    ledgerKeys: c.get('settings').ledgerKeys,
    evidence: { ...taken.evidence, ...opened.evidence },
  });
  const unavailable = fail('storage_unavailable', undefined, { retryAfterSeconds: 5 });
  if (!recorded.ok) return unavailable;
  try {
    const chunks = chunkItems(mapUnsubscription(taken.unsubscription, receivedAtMs));
    const accepted = await dispatcher.store(source.account, chunks, { isOptOut: true });
    return accepted.ok ? recorded : unavailable;
  } catch (error) {
    logDefect('opt-out not handed over', error);
    return unavailable;
  }
}
