/** Ours: a file with its rows, entries and answer fits a Worker's 128 MB many times. */
export const MAX_IMPORT_BYTES = 10_000_000;

/** Ours: with five calls a chunk, and two decisions a row at most, half of the 1,000 that Cloudflare lets a request make. */
export const MAX_IMPORT_ROWS = 20_000;

/** Ours: decisions that go into the ledger together. */
export const IMPORT_CHUNK_DECISIONS = 400;
