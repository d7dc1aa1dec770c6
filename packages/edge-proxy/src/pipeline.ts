import type { MessageType } from '@sluice/shared';
import { collectMessages } from './collect.ts';
import { readEdgeFacts } from './enrich/readEdgeFacts.ts';
import type { Env } from './env.ts';
import type { Hooks } from './hooks/hooks.ts';
import { enqueue, estimateBytes } from './ingest/enqueue.ts';
import { type Failure, fail } from './ingest/failure.ts';
import { logRejections } from './ingest/logRejections.ts';
import { openRequest } from './ingest/openRequest.ts';
import { parseBatch } from './ingest/parseBatch.ts';
import { ingestQueues } from './ingest/queues.ts';
import { type TakenIn, takeIn } from './ingest/takeIn.ts';
import { visitorCookie } from './ingest/visitorCookie.ts';
import { withKlaviyoCookie } from './ingest/withKlaviyoCookie.ts';
import { rescueMessages } from './rescueMessages.ts';
import type { Settings } from './settings.ts';

// Start reading here. An event's way is: ingest (below) → queue → collect (below) → Dispatcher → Klaviyo.

interface IngestContext {
  env: Env;
  settings: Settings;
  hooks?: Hooks;
  nowMs: number;
}

type Ingested = { ok: true; accepted: number; rejected: TakenIn['rejected']; cookie: string | undefined } | Failure;

/** Request → accepted events in the queue. An ok means that they are stored durably. */
export async function ingest(
  request: Request,
  type: MessageType | undefined,
  { env, settings, hooks = {}, nowMs }: IngestContext,
): Promise<Ingested> {
  const opened = await openRequest(request, 'events', settings);
  if (!opened.ok) return opened;
  const { source } = opened;

  const { identity } = settings.config;
  const batch = parseBatch(withKlaviyoCookie(opened.body, request, { source, identity }), type);
  if (!batch.ok) return batch;

  const taken = await takeIn(batch, {
    source,
    config: settings.config,
    edge: readEdgeFacts(request, source),
    hooks,
    receivedAtMs: nowMs,
  });
  const { events, rejected } = taken;
  logRejections(source.id, events.length, rejected);
  const cookie = visitorCookie({ request, source, identity, taken });
  if (events.length === 0) return answerNone(rejected, cookie);

  const { account, id, kind } = source;
  const stored = await enqueue(
    ingestQueues(env, settings.config),
    { v: 1, kind: 'events', account, source: id, trusted: kind === 'server', receivedAtMs: nowMs, events },
    estimateBytes(opened.bytes, events.length),
  );
  return stored.ok ? { ok: true, accepted: events.length, rejected, cookie } : stored;
}

/** Queue → the Dispatchers of the accounts. Each message is acknowledged once it is stored there. */
export const collect = collectMessages;

/** Dead-letter queue → back into the queue; what is too old becomes dead letters. */
export const rescue = rescueMessages;

/** Nothing came through: a client's mistake when all are malformed, an answer like any other when consent refused. */
function answerNone(rejected: TakenIn['rejected'], cookie: string | undefined): Ingested {
  const isMalformed =
    rejected.length > 0 && rejected.every(({ code }) => code === 'event_invalid' || code === 'event_too_large');
  if (!isMalformed) return { ok: true, accepted: 0, rejected, cookie };
  return fail('event_invalid', 'No event of the batch is valid; "details" lists what is wrong with each.', {
    details: { rejected },
  });
}
