import { logDefect } from '../logDefect.ts';
import type { IngestMessage } from './acceptedEvent.ts';

/**
 * Sends a message to one of the queues, by chance, so that each carries its part. One that refuses (it takes 5,000
 * messages a second) is passed over for the next. Throws what the last one said when none takes it.
 */
export async function sendToAny(
  queues: readonly Queue<IngestMessage>[],
  message: IngestMessage,
  delaySeconds = 0,
  random: () => number = Math.random,
): Promise<void> {
  const first = Math.floor(random() * queues.length);
  let trouble: unknown = new Error('there is no queue');
  for (let turn = 0; turn < queues.length; turn++) {
    try {
      const options = { contentType: 'json', ...(delaySeconds > 0 && { delaySeconds }) } as const;
      await queues[(first + turn) % queues.length]?.send(message, options);
      return;
    } catch (error) {
      trouble = error;
      if (turn < queues.length - 1) logDefect('a queue refused a message; another is asked', error);
    }
  }
  throw trouble;
}
