import { noteDropped } from './noteDropped.ts';
import type { Account, Dropped, World } from './types.ts';

const RESERVED = /@(example|test)\.com$/i;

/** True, and noted, where Klaviyo would take the e-mail's event or profile with a 202 and then drop it. */
export function losesReserved(
  world: World,
  account: Account,
  dropped: Omit<Dropped, 'reason'> & { email: string | null | undefined },
): boolean {
  const { email, ...note } = dropped;
  if (!world.settings.dropReservedDomains || !RESERVED.test(email ?? '')) return false;
  noteDropped(account, { ...note, reason: 'reserved_domain' });
  return true;
}
