import { MAX_QUEUE_MESSAGE_BYTES } from '@sluice/shared';
import { logDefect } from '../logDefect.ts';
import { packBySize } from '../packBySize.ts';
import type { IngestMessage, WholeMessage } from './acceptedEvent.ts';
import { type Failure, fail } from './failure.ts';
import { foldEvents } from './foldEvents.ts';
import { sendToAny } from './sendToAny.ts';

/** Ours: long enough for a queue to recover, short enough that an SDK's page may still be open. */
const RETRY_AFTER_SECONDS = 5;

/** Ours: what an event usually has besides what came: its time and purpose, and what is known of the visit. */
const FRAME_BYTES = 400;

/** About as much is written for a request's events. */
export function estimateBytes(bodyBytes: number, events: number): number {
  return bodyBytes + events * FRAME_BYTES;
}

/**
 * Hands a batch to the queues: one message, or several where it is large. Only its success allows a 202.
 * When one of several fails the whole request does: what went through is deduplicated by its ids when it comes again.
 */
export async function enqueue(
  queues: readonly Queue<IngestMessage>[],
  batch: WholeMessage,
  likelyBytes: number = Number.POSITIVE_INFINITY,
): Promise<{ ok: true } | Failure> {
  try {
    // To write it only to count its bytes costs as much as all checks, and the queue counts them anyway.
    if (likelyBytes <= MAX_QUEUE_MESSAGE_BYTES) await sendToAny(queues, fold(batch));
    else await sendPieces(queues, splitBatch(batch));
    return { ok: true };
  } catch (error) {
    const pieces = likelyBytes <= MAX_QUEUE_MESSAGE_BYTES ? splitBatch(batch) : [];
    // It was larger than it seemed: 1e20 is written out with all its zeros.
    if (pieces.length > 1) return enqueue(queues, batch);
    logDefect('queue refused a batch', error);
    return fail('storage_unavailable', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}

async function sendPieces(queues: readonly Queue<IngestMessage>[], pieces: readonly WholeMessage[]): Promise<void> {
  await Promise.all(pieces.map((piece) => sendToAny(queues, fold(piece))));
}

function splitBatch(batch: WholeMessage): WholeMessage[] {
  if (batch.kind !== 'events') return [batch];
  return packBySize(batch.events, MAX_QUEUE_MESSAGE_BYTES).map(({ things }) => ({ ...batch, events: things }));
}

function fold(batch: WholeMessage): IngestMessage {
  return batch.kind === 'events' ? { ...batch, v: 2, events: foldEvents(batch.events) } : batch;
}
