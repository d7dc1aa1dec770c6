import type { Message } from '@sluice/shared';

/** A message's context without its sender's IP address, which goes no further than enrichment. */
export function withoutIp({ context }: Message): Message['context'] {
  if (!context || !Object.hasOwn(context, 'ip')) return context;
  const { ip: _, ...rest } = context;
  return rest;
}
