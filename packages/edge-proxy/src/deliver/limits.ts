/** SQLite in a Durable Object: a row has at most 2 MB (Cloudflare's limits page); ours leave room for the other columns. */
export const MAX_ROW_BYTES = 1_500_000;

/** One job is one row, so a call's body stays well under the 5 MB that Klaviyo takes. */
export const MAX_JOB_BYTES = 1_400_000;

/** Cloudflare's RPC carries 32 MiB; a text takes up to two bytes a UTF-16 unit there. */
export const MAX_STORE_UNITS = 8_000_000;

/** Ours: items that the consumer of a queue holds at once; a Worker has 128 MB. */
export const MAX_ITEMS_PER_RUN = 10_000;

/** Klaviyo, Bulk Create Events: 1,000 events a call. */
export const MAX_EVENTS_PER_CALL = 1000;

/** Klaviyo, Bulk Import Profiles: 10,000 profiles a call. */
export const MAX_PROFILES_PER_CALL = 10_000;

/** Klaviyo, Bulk Subscribe Profiles: 1,000 profiles a call. */
export const MAX_SUBSCRIPTIONS_PER_CALL = 1000;

/** Klaviyo, Bulk Unsubscribe Profiles: 100 profiles a call. */
export const MAX_UNSUBSCRIPTIONS_PER_CALL = 100;

/** Klaviyo, Remove Profiles from List: 1,000 ids a call. */
export const MAX_REMOVALS_PER_CALL = 1000;

/** Klaviyo, Get Profiles: a page has at most 100. */
export const MAX_PROFILES_PER_PAGE = 100;

/** Ours: of what goes one a call, so many leave the inbox together: its consent and identities are asked once for all. */
export const MAX_SINGLES_PER_FREEZE = 20;

/** Ours: single profile changes on their way at once; imports and events keep half of the connections. */
export const MAX_SINGLES_IN_FLIGHT = 2;

/** Ours: tries of a job that Klaviyo does not answer while it takes others: before it is halved, and of an item alone. */
export const MAX_TRIES_TOGETHER = 5;
export const MAX_TRIES_ALONE = 10;

/** Ours: an import that is still not done, or cannot be asked after so often in a row, is sent again: it is idempotent. */
export const MAX_SETTLE_MS = 6 * 3_600_000;
export const MAX_UNREADABLE_POLLS = 3;

/** Ours: tries of a call with looked-up ids that Klaviyo does not find, before the list is taken to be what is missing. */
export const MAX_LOOK_UPS = 3;

/** Ours: what Klaviyo says of its limits is followed up to so many times the documented one. */
export const MAX_LIMIT_GROWTH = 10;

/** Workers allow six connections at once: four carry events and profiles, one sign-ups, one opt-outs and erasures. */
export const MAX_CONNECTIONS = 4;
export const MAX_CONSENT_CONNECTIONS = 1;

/** Ours: a call without an answer by then is sent again; its ids make that safe. */
export const CALL_TIMEOUT_MS = 15_000;

/** Ours: an alarm's work; short, so that a deploy or eviction interrupts little. */
export const ALARM_BUDGET_MS = 20_000;

/** Ours: so long after its time an alarm still takes opt-outs on while it waits for the last of what is on its way. */
export const LAST_CALLS_MS = 5 * 60_000;

/** Ours: how often an asynchronous import is asked whether it is done, at first and in the end. */
export const SETTLE_POLL_MS = 5_000;
export const MAX_SETTLE_POLL_MS = 120_000;

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

/** Ours: an order is one order for 90 days at least, whoever reports it. */
export const ONCE_TTL_MS = 90 * 24 * 3_600_000;

/** Ours: how long an `Identified` event waits for another that brings the same two ids (the design's figure). */
export const MERGE_WAIT_MS = 60_000;

/** Ours: pairs of ids whose `Identified` event may turn out needless; a few MB. What is beyond is sent. */
export const MAX_TRACKED_MERGES = 10_000;

/** Ours: past this many waiting items the queue keeps what comes, and asks again later. */
export const HIGH_WATER_ITEMS = 2_000_000;
export const BACK_PRESSURE_SECONDS = 600;

/** A Durable Object's SQLite holds 10 GB (Cloudflare's limits page). Full, it could not even be emptied. */
export const HIGH_WATER_BYTES = 6e9;

/** Ours: jobs of one lane that may go now; more would only age. Those that wait out a pause leave room for others. */
export const MAX_READY_JOBS = 4;
export const MAX_JOBS = 12;

/** Ours: a job that has been due for so long goes before one whose lane stands a point of priority above its own. */
export const AGE_MS_PER_PRIORITY = 1000;

/** Ours: dead letters that one look reads past, so that no filter reads millions of rows in one turn. */
export const DEAD_SCAN_ROWS = 5000;

/** Ours: items that one transaction of a replay moves; the largest of them fit a Durable Object's 128 MB many times. */
export const REPLAY_PIECE_ITEMS = 500;

/** Ours: pieces of one replay request. A Worker's request may make 1,000 calls (Cloudflare's limits page). */
export const MAX_REPLAY_PIECES = 200;

/** Ours: rows that one sweep removes; the next comes a minute later. */
export const FORGET_PIECE_ROWS = 5000;

/** Ours: how long the figures of single minutes are kept, and over how much of them shares and quantiles are taken. */
export const MINUTES_TTL_MS = 24 * 3_600_000;
export const RECENT_MS = 3_600_000;

/** Ours: whoever is told of alerts and opt-outs has this long to take one. */
export const WEBHOOK_TIMEOUT_MS = 10_000;

/** Ours: an alert has this many tries: 1, 2, 4, 8 and then every 15 minutes, over an hour. */
export const MAX_ALERT_TRIES = 8;

/** Ours: opt-outs that are told at once; a request of Workers may have six connections, and this one has no others. */
export const OPT_OUTS_AT_ONCE = 4;

/** Ours: how long one telling goes on; the next minute's goes on from there. */
export const TELL_BUDGET_MS = 20_000;

/** Ours: an opt-out that its receiver does not take is dead after three days, as items are. */
export const OPT_OUT_MAX_AGE_MS = 72 * 3_600_000;

/** Ours: alerts that wait for a receiver that does not answer. */
export const MAX_NOTICES = 20;

/** Ours: how long the dead-letter queue keeps a message that could not be put back; a hundred tries take four days. */
export const RESCUE_RETRY_SECONDS = 3600;

/** Ours: entries of the ledger that one line of the log names. */
export const MAX_LOGGED_ENTRIES = 100;
