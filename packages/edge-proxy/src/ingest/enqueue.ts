import { MAX_QUEUE_MESSAGE_BYTES } from '@sluice/shared';
import type { AcceptedEvent, IngestMessage } from './acceptedEvent.ts';
import { type Failure, fail } from './failure.ts';

const encoder = new TextEncoder();

/** Ours: long enough for a queue to recover, short enough that an SDK's page may still be open. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Hands a batch to the queue: one message, or several where it is large. Only its success allows a 202.
 * When one of several fails the whole request does: what went through is deduplicated by its ids when it comes again.
 */
export async function enqueue(queue: Queue<IngestMessage>, batch: IngestMessage): Promise<{ ok: true } | Failure> {
  try {
    await Promise.all(splitBatch(batch).map((message) => queue.send(message, { contentType: 'json' })));
    return { ok: true };
  } catch (error) {
    console.error(
      JSON.stringify({
        message: 'queue refused a batch',
        error: error instanceof Error ? error.message : String(error),
      }),
    );
    return fail('storage_unavailable', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}

function splitBatch(batch: IngestMessage): IngestMessage[] {
  if (batch.kind !== 'events') return [batch];
  const parts: AcceptedEvent[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of batch.events) {
    const size = encoder.encode(JSON.stringify(event)).byteLength + 1;
    if (bytes + size > MAX_QUEUE_MESSAGE_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(event);
    bytes += size;
  }
  return parts.map((events) => ({ ...batch, events }));
}
