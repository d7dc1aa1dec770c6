/** Ours: a file with its rows, entries and answer fits a Worker's 128 MB many times. */
export const MAX_IMPORT_BYTES = 10_000_000;

/** Ours: at six calls a chunk, well within the 1,000 that a Worker's request may make (Cloudflare's limits page). */
export const MAX_IMPORT_ROWS = 20_000;

/** Ours: decisions that go into the ledger together. */
export const IMPORT_CHUNK_DECISIONS = 200;
