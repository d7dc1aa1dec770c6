import { MAX_QUEUE_MESSAGE_BYTES } from '@sluice/shared';
import { logDefect } from '../logDefect.ts';
import { packBySize } from '../packBySize.ts';
import type { IngestMessage } from './acceptedEvent.ts';
import { type Failure, fail } from './failure.ts';
import { sendToAny } from './sendToAny.ts';

/** Ours: long enough for a queue to recover, short enough that an SDK's page may still be open. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Hands a batch to the queues: one message, or several where it is large. Only its success allows a 202.
 * When one of several fails the whole request does: what went through is deduplicated by its ids when it comes again.
 */
export async function enqueue(
  queues: readonly Queue<IngestMessage>[],
  batch: IngestMessage,
): Promise<{ ok: true } | Failure> {
  try {
    await Promise.all(splitBatch(batch).map((message) => sendToAny(queues, message)));
    return { ok: true };
  } catch (error) {
    logDefect('queue refused a batch', error);
    return fail('storage_unavailable', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}

function splitBatch(batch: IngestMessage): IngestMessage[] {
  if (batch.kind !== 'events') return [batch];
  return packBySize(batch.events, MAX_QUEUE_MESSAGE_BYTES).map(({ things }) => ({ ...batch, events: things }));
}
