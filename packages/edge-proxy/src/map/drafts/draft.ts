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
}

/** What a row of the contract's table reads. */
export interface TrackFacts {
  /** Cleaned, without the contact data that says who it was. */
  properties: JsonObject;
  /** The sender's own dedup key, else the message's id: the unique id of whatever has no better one. */
  messageKey: string;
  refundIds: Config['events']['refundIds'];
}
