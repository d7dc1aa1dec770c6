import type { Message } from '@sluice/shared';

/**
 * The same function of a message's context, asked only where the context is another than that of the message before:
 * those of a batch mostly share one, and with it one answer.
 */
export function byContext<T>(compute: (message: Message) => T): (message: Message) => T {
  let latest: { context: Message['context']; value: T } | undefined;
  return (message) => {
    if (!latest || latest.context !== message.context) latest = { context: message.context, value: compute(message) };
    return latest.value;
  };
}
