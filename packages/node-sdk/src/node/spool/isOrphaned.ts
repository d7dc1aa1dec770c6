import { OWNER_STALE_MS } from '../../limits.ts';
import { FREE, type Owner } from './owner.ts';

interface Seen {
  here: Pick<Owner, 'host' | 'boot' | 'namespace'>;
  /** When a process of this machine started; '' where that cannot be told, undefined where there is none. */
  startOf(pid: number): string | undefined;
  /** When any segment of the owner was last written or touched. */
  touchedMs: number;
  nowMs: number;
}

/** Whether nobody will send what an owner left. Taking from a living one would double work, not events: ids are kept. */
export function isOrphaned(owner: Owner | typeof FREE, { here, startOf, touchedMs, nowMs }: Seen): boolean {
  if (owner === FREE) return true;
  const isStale = nowMs - touchedMs > OWNER_STALE_MS;
  // Another machine on a shared disk: only its heartbeat can tell.
  if (owner.host !== here.host) return isStale;
  if (owner.boot !== here.boot) return true;
  // Another container: its pids are not ours.
  if (owner.namespace !== here.namespace) return isStale;
  const start = startOf(owner.pid);
  if (start === undefined) return true;
  return start === '' || owner.start === '0' ? isStale : start !== owner.start;
}
