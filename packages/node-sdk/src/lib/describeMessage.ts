import type { MessageOptions } from '../types.ts';

/** What every kind of message says: its id, its time, whose it is. Throws on a time that is none. */
export function describeMessage(type: string, messageId: string, options: MessageOptions): Record<string, unknown> {
  const { userId, anonymousId, timestamp } = options;
  return { messageId, type, timestamp: toIso(timestamp), userId, anonymousId, context: describeContext(options) };
}

/** An instant as ISO 8601; now, where none is given. */
export function toIso(timestamp: Date | string | undefined): string {
  return (timestamp === undefined ? new Date() : new Date(timestamp)).toISOString();
}

function describeContext({ email, phone, country, address, consent, context }: MessageOptions) {
  if (!(email || phone || country || address || consent)) return context;
  return {
    ...context,
    ...((email || phone) && { traits: { ...(context?.traits as object), email, phone } }),
    ...(country && { location: { ...(context?.location as object), country } }),
    ...(address && { address }),
    ...(consent && { consent: { ...(context?.consent as object), categoryPreferences: consent } }),
  };
}
