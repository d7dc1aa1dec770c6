/** Ours: people whose chains one page of a verification recomputes. */
export const VERIFY_PAGE_SUBJECTS = 100;

/** Ours: what Klaviyo shows as the source of a subscription that came through the proxy. Reading it back tells ours apart. */
export const CUSTOM_SOURCE = 'Sluice';

/** The design's: a change of consent is read back after so long, twice. */
export const READ_BACK_MS = [5 * 60_000, 35 * 60_000] as const;

/** The design's: a sign-up that is so old reads Klaviyo first, which may know of a later opt-out. */
export const LATE_SUBSCRIBE_MS = 5 * 60_000;

/** Ours: an opt-out that is younger is sent without a look at the ledger, which may be away. */
export const LATE_UNSUBSCRIBE_MS = 10_000;

/** Ours: so long an opt-out waits for the ledger. */
export const LEDGER_PATIENCE_MS = 1000;

/** Ours: an unsubscribe of ours shows at Klaviyo within so long; a no of then is our own. */
export const ECHO_MS = 60_000;

/** Ours: so long an opt-out that we sent is known for ours, while a later sign-up may wait for its confirmation. */
export const OWN_OPT_OUT_MS = 90 * 24 * 3_600_000;

/** Ours: so often in a row a difference is repaired; past it the log is told, and the nightly reconcile looks again. */
export const MAX_REPAIRS = 3;

/** Ours: pages of people that one look reads; the next comes a minute later. */
export const MAX_READ_PAGES = 50;

/** Ours: how long the opt-in process of a list is remembered. */
export const OPT_IN_TTL_MS = 3_600_000;

/** Ours: how often Klaviyo is asked who opted out there, and how far each look reaches back behind the last one's beginning. */
export const POLL_MS = 5 * 60_000;
export const OVERLAP_MS = 10 * 60_000;
