import { LEASE_MS, MAX_RETRY_AFTER_MS } from '../limits.ts';
import type { Store } from './openStore.ts';
import { pickRetryDelay, readRetryAfter } from './pickRetryDelay.ts';

/** Remembers how long to stay quiet. What a server asked for is stored, for the other tabs and the next page load. */
export function createBackoff(store: Store, key: string) {
  let attempt = 0;
  let retryAtMs = 0;
  return {
    /** Milliseconds until the next request is allowed; 0 means now. */
    _pause() {
      if (!navigator.onLine) return LEASE_MS;
      const askedMs = +(store._get(key) as string) - Date.now() || 0;
      // More than was ever written there means damage, or a clock that was set back.
      return Math.max(retryAtMs - Date.now(), askedMs > MAX_RETRY_AFTER_MS ? 0 : askedMs, 0);
    },
    _fail(retryAfter: string | null) {
      const askedMs = readRetryAfter(retryAfter, Date.now());
      retryAtMs = Date.now() + (askedMs || pickRetryDelay(attempt++, Math.random()));
      if (askedMs) store._set(key, `${retryAtMs}`);
    },
    /** Forgets the failures so far, but not the time a server asked for. */
    _reset() {
      attempt = retryAtMs = 0;
    },
  };
}
