import { isJsonObject, MAX_BODY_BYTES } from '@sluice/shared';
import { Hono } from 'hono';
import type { HttpContext, HttpEnv } from '../http.ts';
import { answerFailure, type Failure, fail } from '../ingest/failure.ts';
import { readBounded } from '../ingest/readBounded.ts';
import { logDefect } from '../logDefect.ts';
import { findSender } from './findSender.ts';
import { MAX_HEARD_PROFILES } from './limits.ts';
import { readProfileIds } from './readProfileIds.ts';

/** `POST /v1/webhooks/klaviyo`: check the signature, read those whom it names, ledger, block, answer. */
export function klaviyoRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post('/', async (c) => {
    const result = await hear(c);
    return result.ok ? c.json({ status: 'ok' }) : answerFailure(result, c.get('requestId'));
  });
}

async function hear(c: HttpContext): Promise<{ ok: true } | Failure> {
  const bytes = await readBounded(c.req.raw.body, MAX_BODY_BYTES);
  if (!bytes) return fail('body_too_large');
  const body = new TextDecoder().decode(bytes);
  const signed = { body, signature: c.req.header('klaviyo-signature'), timestamp: c.req.header('klaviyo-timestamp') };
  const account = await findSender(signed, c.get('settings').klaviyoWebhookSecrets, Date.now());
  const ids = account === undefined ? undefined : readIds(body, c.req.header('klaviyo-webhook-id'));
  if (account === undefined || !ids) return fail('key_unknown', 'The webhook is not signed by Klaviyo, or too old.');
  if (ids.length === 0) return { ok: true };
  try {
    // The webhook only says of whom: what they want is read from Klaviyo, so that nothing old can be replayed.
    const isHeard = ids.length <= MAX_HEARD_PROFILES && (await dispatcherOf(c, account).hear(account, ids));
    if (isHeard) return { ok: true };
  } catch (error) {
    logDefect('a webhook was not heard', error);
  }
  return fail('storage_unavailable', undefined, { retryAfterSeconds: 60 });
}

function dispatcherOf(c: HttpContext, account: string) {
  return c.env.DISPATCHER.getByName(`${account}:0`);
}

/** Undefined where the header names another webhook than the body, which alone is signed. */
function readIds(body: string, webhookId: string | undefined): string[] | undefined {
  const { meta, data } = parse(body);
  if (!isJsonObject(meta) || meta.klaviyo_webhook_id !== webhookId || !Array.isArray(data)) return undefined;
  return readProfileIds(data.map((row) => (isJsonObject(row) && isJsonObject(row.payload) ? row.payload.data : null)));
}

function parse(body: string): ReturnType<typeof JSON.parse> {
  try {
    const json = JSON.parse(body);
    return isJsonObject(json) ? json : {};
  } catch {
    return {};
  }
}
