/**
 * Browsers refuse keepalive bodies beyond 64 KiB in flight, in total.
 * https://fetch.spec.whatwg.org/#http-network-or-cache-fetch (step on inflightKeepaliveBytes), checked 2026-11.
 */
export const KEEPALIVE_BUDGET_BYTES = 64 * 1024;

export const DEFAULT_FLUSH_AT = 20;
export const DEFAULT_FLUSH_INTERVAL_MS = 2000;
export const DEFAULT_MAX_BATCH_BYTES = 48 * 1024;

/** What a body holds besides its messages and what they share: device, consent, punctuation. */
export const ENVELOPE_BYTES = 1024;

/** Segment's limit for one message: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/ */
export const MAX_MESSAGE_BYTES = 32 * 1024;

/** Messages kept in memory while consent is unknown. */
export const MAX_HELD = 100;

/** Messages kept in storage: about 1 MB of the 5 MB an origin has. */
export const MAX_STORED = 1000;

export const SESSION_IDLE_MS = 30 * 60 * 1000;

/** The session's last moment is written this often at most: that costs as much as the event itself. */
export const SESSION_STEP_MS = 10_000;

export const REQUEST_TIMEOUT_MS = 15_000;

/** What left with a page this recently is left alone: an answer to the next request may settle it. */
export const LEASE_MS = REQUEST_TIMEOUT_MS + 5000;

export const RETRY_BASE_MS = 1000;
export const RETRY_CAP_MS = 5 * 60 * 1000;

/** A Retry-After beyond a day is cut: timers overflow at 24.8 days and fire at once. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;
