import type { Message } from '@sluice/shared';
import { toHex } from '../toHex.ts';

const encoder = new TextEncoder();

/**
 * Ids for messages that have none, of one source and one batch: the same messages sent again get the same, whatever
 * else is in the batch, and two that say the same in one batch stay two.
 */
export function deriveIds(source: string, batchSentAt: string | undefined): (message: Message) => Promise<string> {
  const seen = new Map<string, number>();
  return async (message) => {
    const id = await digest(`${source}\n${describe(message, batchSentAt)}`);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  };
}

/**
 * What the sender sets anew when it tries again says nothing. Only where a message has no time of its own does the
 * time of sending count: without it, what a customer does every day alike would be one event for ever.
 */
function describe({ sentAt, ...message }: Message, batchSentAt: string | undefined): string {
  return JSON.stringify(message.timestamp ? message : { ...message, sentAt: sentAt ?? batchSentAt });
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
  return `sluice-${toHex(bytes.subarray(0, 16))}`;
}
