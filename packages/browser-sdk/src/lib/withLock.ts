import { LEASE_MS } from '../limits.ts';

/**
 * Runs `work`, which must not reject, in one tab at a time. Without Web Locks (plain http, sandboxed frames), or when
 * a suspended tab keeps the lock, it runs anyway: leases then prevent most double sending, and ids the rest.
 */
export async function withLock(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(LEASE_MS) }, work);
  } catch {
    await work();
  }
}
