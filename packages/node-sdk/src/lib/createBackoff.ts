import { MIN_OPEN_MS, OPEN_CIRCUIT_AFTER } from '../limits.ts';
import { pickRetryDelay, readRetryAfter } from './pickRetryDelay.ts';

/** How long to stay quiet after failures, and whether there were so many that the circuit is open. `now` never goes back. */
export function createBackoff({ now, random }: { now: () => number; random: () => number }) {
  let failures = 0;
  let retryAtMs = 0;
  let askedUntilMs = 0;
  const isOpen = () => failures >= OPEN_CIRCUIT_AFTER;
  return {
    /** Milliseconds until the next request is allowed; 0 means now. */
    pauseMs: () => Math.max(retryAtMs - now(), askedUntilMs - now(), 0),
    isOpen,
    /** Counts a failure; true when it is the one that opens the circuit. */
    fail(retryAfter: string | null): boolean {
      const delayMs = pickRetryDelay(failures++, random());
      const askedMs = readRetryAfter(retryAfter, Date.now());
      if (askedMs) askedUntilMs = now() + askedMs;
      retryAtMs = now() + (askedMs || (isOpen() ? Math.max(delayMs, MIN_OPEN_MS) : delayMs));
      return failures === OPEN_CIRCUIT_AFTER;
    },
    succeed() {
      failures = retryAtMs = askedUntilMs = 0;
    },
    /** Allows one try at once, unless the server asked for a pause. */
    hurry() {
      retryAtMs = 0;
    },
  };
}
