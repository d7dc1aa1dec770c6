import type { Channel } from '@sluice/shared';

/** What another system is told of one opt-out: one address, of one list or of all marketing by its channel. */
export interface OptOutNotice {
  /** The same through every try, and when the same opt-out comes again. */
  id: string;
  type: 'opt_out';
  account: string;
  channel: Channel;
  /** Of `email`. */
  email?: string;
  /** Of `sms`, E.164. */
  phone?: string;
  /** Klaviyo's list id; null: all marketing by this channel. */
  list: string | null;
  /** When the person decided, and when we learnt of it, epoch milliseconds. */
  decidedAtMs: number;
  receivedAtMs: number;
  /** The source that brought it, as the configuration names it. */
  source: string;
}
