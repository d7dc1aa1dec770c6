import { NEIGHBOUR_STALE_MS, OWNER_STALE_MS } from '../../limits.ts';
import { FREE, type Owner, UNKNOWN } from './owner.ts';

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
  // A touch in the future is of a clock that was wrong then, or is now.
  const silentMs = Math.abs(nowMs - touchedMs);
  // Another machine on a shared disk, or this one before it was restarted. Names of hosts are not always their own.
  const isHere = owner.boot === here.boot && (here.boot !== UNKNOWN || owner.host === here.host);
  if (!isHere) return silentMs > OWNER_STALE_MS;
  // Another container of this machine, or this one before it was restarted: its pids are not ours.
  if (owner.namespace !== here.namespace) return silentMs > NEIGHBOUR_STALE_MS;
  const start = startOf(owner.pid);
  if (start === undefined) return true;
  return start === '' || owner.start === UNKNOWN ? silentMs > OWNER_STALE_MS : start !== owner.start;
}
