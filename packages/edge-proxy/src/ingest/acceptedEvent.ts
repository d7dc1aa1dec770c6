import type { JsonObject, Message } from '@sluice/shared';
import type { Location, ProfileAttributes } from '../klaviyo/profileAttributes.ts';

/** One event that passed the door: what hooks see and mapping reads. */
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

/**
 * The same as the queue carries it. Ids, context, place and visit, which mostly are those of the event before it, are left
 * out where they are, and null where it has none. So is its id where that is the message's own.
 */
export interface FoldedEvent extends Omit<AcceptedEvent, 'id' | 'location' | 'visit'> {
  id?: string | undefined;
  location?: Location | null | undefined;
  visit?: JsonObject | null | undefined;
}

interface Events<V, E> {
  v: V;
  kind: 'events';
  account: string;
  source: string;
  /** From a secret key: may set any trait and link user ids. */
  trusted: boolean;
  receivedAtMs: number;
  events: E[];
}

interface Subscribe {
  v: 1;
  kind: 'subscribe';
  account: string;
  source: string;
  receivedAtMs: number;
  subscription: AcceptedSubscription;
}

/** One queue message with each event whole: what mapping reads. The first version of `events` came so. */
export type WholeMessage = Events<1, AcceptedEvent> | Subscribe;

/** One queue message. `v` rises when its shape changes; a release reads the version before its own too. */
export type IngestMessage = WholeMessage | Events<2, FoldedEvent>;

/** The versions that this release reads. */
export const VERSIONS: readonly unknown[] = [1, 2] satisfies IngestMessage['v'][];

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
  /** `YYYY-MM-DD`, with SMS alone. */
  dateOfBirth?: string;
  /** Klaviyo's own attribute names. */
  attributes: ProfileAttributes;
}
