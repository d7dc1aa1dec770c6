/** Ours: how long Turnstile may take; a person waits for the answer. */
export const TURNSTILE_TIMEOUT_MS = 5000;
