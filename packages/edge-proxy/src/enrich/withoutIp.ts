import type { Message } from '@sluice/shared';

/** The message without its sender's IP address, which goes no further than enrichment. */
export function withoutIp(message: Message): Message {
  if (!message.context || !Object.hasOwn(message.context, 'ip')) return message;
  const { ip: _, ...context } = message.context;
  return { ...message, context };
}
