/** SQLite in a Durable Object: a row has at most 2 MB (Cloudflare's limits page); ours leave room for the other columns. */
export const MAX_ROW_BYTES = 1_500_000;

/** One job is one row, so a call's body stays well under the 5 MB that Klaviyo takes. */
export const MAX_JOB_BYTES = 1_400_000;

/** Klaviyo, Bulk Create Events: 1,000 events a call. */
export const MAX_EVENTS_PER_CALL = 1000;

/** Klaviyo, Bulk Import Profiles: 10,000 profiles a call. */
export const MAX_PROFILES_PER_CALL = 10_000;

/** Klaviyo, Bulk Subscribe Profiles: 1,000 profiles a call. */
export const MAX_SUBSCRIPTIONS_PER_CALL = 1000;

/** Workers allow six connections at once; four carry events and profiles, one stays free for consent. */
export const MAX_CONNECTIONS = 4;
export const MAX_CONSENT_CONNECTIONS = 1;

/** Ours: a call without an answer by then is sent again; its ids make that safe. */
export const CALL_TIMEOUT_MS = 15_000;

/** Ours: an alarm's work; short, so that a deploy or eviction interrupts little. */
export const ALARM_BUDGET_MS = 20_000;

/** Ours: how often an asynchronous import is asked whether it is done. */
export const SETTLE_POLL_MS = 5_000;

/** Ours: how often a stopped account or operation is tried again. */
export const PROBE_MS = 60_000;

/** Ours: how long an alarm that failed by a defect or a missing configuration waits. */
export const RECOVERY_MS = 5_000;

/** Ours: the longest pause between two tries. */
export const MAX_RETRY_MS = 15 * 60_000;

/** Ours: a 429 that names no time, or none to come, is no licence to call again at once. */
export const MIN_PAUSE_MS = 1000;

/** Ours: an alarm is never further away; the platform refuses dates that a hostile Retry-After could name. */
export const MAX_SLEEP_MS = 3_600_000;

/** Ours: an order is one order for 90 days, whoever reports it. */
export const ONCE_TTL_MS = 90 * 24 * 3_600_000;

/** Ours: past this many waiting items the queue keeps what comes, and asks again later. */
export const HIGH_WATER_ITEMS = 2_000_000;
export const BACK_PRESSURE_SECONDS = 600;

/** Ours: ready jobs of one lane at a time; more would only age. */
export const MAX_READY_JOBS = 4;
