import type { KnownAs } from './subjects.ts';

export type Purpose = 'tracking' | 'email' | 'sms';

/** One decision of one person, under one of their identifiers. */
export interface Decision extends KnownAs {
  purpose: Purpose;
  decision: 'granted' | 'denied';
  /** Klaviyo's list id; "" means everywhere. */
  list: string;
  decidedAtMs: number;
  receivedAtMs: number;
  source: string;
  /** Of the request that brought it: one that comes again writes nothing. */
  messageId: string;
  /** What the person saw when deciding; personal data, erasable. */
  evidence: Record<string, unknown>;
}
