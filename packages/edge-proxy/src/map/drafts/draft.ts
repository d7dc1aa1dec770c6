import type { Config, JsonObject } from '@sluice/shared';

/** A Klaviyo event before it is known whose it is, and before the shop's own names. */
export interface Draft {
  /** The default name. */
  metric: string;
  uniqueId: string;
  /** Tells apart the items that one message becomes under one metric. */
  line?: string;
  value?: number | undefined;
  properties: JsonObject;
  /** The same by the names of Segment's specification, for rules that speak of those. @default the event's own */
  said?: JsonObject;
}

/** What a row of the contract's table reads. */
export interface TrackFacts {
  /** Cleaned, without the contact data that says who it was. */
  properties: JsonObject;
  /** The sender's own dedup key, else the message's id: the unique id of whatever has no better one. */
  messageKey: string;
  refundIds: Config['events']['refundIds'];
  /** The visit that the event belongs to, as the sender counts them. */
  sessionId: string | undefined;
}
