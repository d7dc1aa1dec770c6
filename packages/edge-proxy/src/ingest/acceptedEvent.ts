import type { JsonObject, Message } from '@sluice/shared';
import type { Location, ProfileAttributes } from '../klaviyo/profileAttributes.ts';

/** One event that passed the door: what ingest writes to the queue and collect reads. */
export interface AcceptedEvent {
  /** The message with its batch's defaults filled in, and without its sender's IP address. */
  message: Message;
  /** The message's id from its birth, or derived from its content. */
  id: string;
  /** When it happened, epoch milliseconds: corrected for the client's clock, never in the future. */
  timeMs: number;
  purpose: 'tracking' | 'transactional';
  /** Consent lets in the event itself and nothing that might follow from it, such as a place on a list. */
  onlyTransactional?: true;
  location?: Location;
  /** What enrichment found out of the visit, as properties for Klaviyo; the event's own come first. */
  visit?: JsonObject;
}

/** One queue message. `v` rises when its shape changes; a release reads the version before its own too. */
export type IngestMessage =
  | {
      v: 1;
      kind: 'events';
      account: string;
      source: string;
      /** From a secret key: may set any trait and link user ids. */
      trusted: boolean;
      receivedAtMs: number;
      events: AcceptedEvent[];
    }
  | {
      v: 1;
      kind: 'subscribe';
      account: string;
      source: string;
      receivedAtMs: number;
      subscription: AcceptedSubscription;
    };

/** One subscription that passed the door and stands in the ledger. */
export interface AcceptedSubscription {
  id: string;
  email?: string;
  phone?: string;
  /** Channels agreed to; each has its identifier. */
  channels: ('email' | 'sms')[];
  lists: string[];
  anonymousId?: string;
  decidedAtMs: number;
  /** Klaviyo's own attribute names. */
  attributes: ProfileAttributes;
}
