/** Segment's limit for one message: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/ */
export const MAX_MESSAGE_BYTES = 32 * 1024;

/** The proxy takes 500 KiB a body and 1,000 messages a batch (packages/shared/src/limits.ts); the rest is for the envelope. */
export const MAX_BATCH_BYTES = 480 * 1024;
export const MAX_BATCH_MESSAGES = 1000;

export const DEFAULT_FLUSH_AT = 100;
export const DEFAULT_FLUSH_INTERVAL_MS = 1000;
export const DEFAULT_MAX_QUEUE_EVENTS = 100_000;
export const DEFAULT_MAX_QUEUE_BYTES = 128 * 1024 * 1024;
export const DEFAULT_REQUEST_TIMEOUT_MS = 15_000;
export const DEFAULT_FLUSH_TIMEOUT_MS = 10_000;

/** Kubernetes ends a pod 30 s after SIGTERM, Docker a container after 10 s: half of the shorter is the server's own. */
export const DEFAULT_EXIT_TIMEOUT_MS = 5000;

/** A body smaller than this fits one packet of a network, compressed or not. */
export const MIN_GZIP_BYTES = 1024;

export const RETRY_BASE_MS = 500;
export const RETRY_CAP_MS = 30_000;

/** 24.8 days: a longer timer fires at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** A Retry-After beyond a day is cut. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** Failures in a row after which the circuit opens: one small request at a time, until one is answered. */
export const OPEN_CIRCUIT_AFTER = 5;

/** An open circuit waits at least so long, however the jitter falls. */
export const MIN_OPEN_MS = 1000;

export const DEFAULT_MAX_SPOOL_BYTES = 256 * 1024 * 1024;

/** A segment is dropped as a whole: small ones give their space back early, large ones are fewer files. */
export const MAX_SEGMENT_BYTES = 4 * 1024 * 1024;
export const MAX_SEGMENT_RECORDS = 65_536;

/** An open segment of which everything is settled is dropped once it is this large. */
export const MIN_RECYCLE_BYTES = 256 * 1024;

export const FSYNC_INTERVAL_MS = 1000;

/**
 * Owners whose process cannot be seen from here count as dead when they have not touched their segment for so long.
 * Containers of one machine have one clock; another machine's may differ.
 */
export const HEARTBEAT_MS = 2000;
export const NEIGHBOUR_STALE_MS = 10_000;
export const OWNER_STALE_MS = 30_000;

/** How often the folder is searched for what processes that ended meanwhile have left. */
export const ADOPT_INTERVAL_MS = 5000;

/** Large enough that its own cost does not show, small enough that one message that waits does not hold much. */
export const PAGE_BYTES = 256 * 1024;
export const PAGE_ENTRIES = 1024;

/** A Worker makes an instance a request, for an event or two, and has 128 MB for all that are under way. */
export const FIRST_PAGE_BYTES = 4096;

/** How long a spool that could not be written is left alone. */
export const SPOOL_RETRY_MS = 1000;

/** Ids that are made at once: enough that making them does not show, few enough for an instance that needs one. */
export const IDS_AT_ONCE = 64;
