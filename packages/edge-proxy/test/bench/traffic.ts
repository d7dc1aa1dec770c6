/** A shop's traffic. */
export interface Traffic {
  /** A whole number of requests. */
  events: number;
  eventsPerRequest: number;
  eventsPerSecond: number;
  /** Until Klaviyo answers. */
  latencyMs: number;
  /** The queue's: wrangler.jsonc. */
  maxBatchMessages: number;
  maxBatchWaitMs: number;
  /** The database's tables. */
  migrations: string[];
}

/** What there is to pay for. */
export interface Operations {
  requests: number;
  queueOperations: number;
  consumerBatches: number;
  /** Calls of the object that store a batch. */
  stores: number;
  alarms: number;
  wakes: number;
  /** Milliseconds in which the object worked or waited for Klaviyo. */
  activeMs: number;
  klaviyoCalls: number;
  delivered: number;
  rows: { read: number; written: number };
  d1: { read: number; written: number };
  /** Rows of the identity graph. */
  identities: number;
  /** Rows written by statement: where to look when they are too many. */
  statements: Record<string, number>;
}
