import type { MessageOptions, Traits } from '../types.ts';

/** What is said, apart from whose it is and when. */
export interface Said {
  type: 'track' | 'page' | 'identify';
  event?: string;
  name?: string | undefined;
  properties?: object | undefined;
  traits?: Traits | undefined;
  userId?: string;
}

/** A message of the Segment specification. Throws on a time that is none. One literal, because spreading costs as much as writing it out. */
export function describeMessage(messageId: string, said: Said, options: MessageOptions): Record<string, unknown> {
  const { type, event, name, properties, traits, userId = options.userId } = said;
  const { anonymousId, timestamp } = options;
  return {
    messageId,
    type,
    event,
    name,
    timestamp: toIso(timestamp),
    userId,
    anonymousId,
    properties,
    traits,
    context: describeContext(options),
  };
}

let lastMs = 0;
let lastIso = '';

/** An instant as ISO 8601; now, where none is given. */
export function toIso(timestamp: Date | string | undefined): string {
  if (timestamp !== undefined) return new Date(timestamp).toISOString();
  // Written anew for each message of a millisecond, it would be a sixth of what one costs.
  const nowMs = Date.now();
  if (nowMs !== lastMs) {
    lastIso = new Date(nowMs).toISOString();
    lastMs = nowMs;
  }
  return lastIso;
}

function describeContext({ email, phone, country, address, consent, context }: MessageOptions) {
  const traits = email || phone ? { ...(context?.traits as object), email, phone } : undefined;
  const location = country ? { ...(context?.location as object), country } : undefined;
  const choices = consent && { ...(context?.consent as object), categoryPreferences: consent };
  if (!context)
    return traits || location || address || choices ? { traits, location, address, consent: choices } : undefined;
  return {
    ...context,
    ...(traits && { traits }),
    ...(location && { location }),
    ...(address && { address }),
    ...(choices && { consent: choices }),
  };
}
