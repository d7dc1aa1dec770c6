import { findProfile } from './findProfile.ts';
import type { Account, SuppressionReason } from './types.ts';
import { leaveList, withdraw } from './unsubscribe.ts';

/** A person unsubscribes on Klaviyo's own page, complains, or the mail server rejects the address. */
export function optOut(
  account: Account,
  request: { email: string; reason?: SuppressionReason | undefined; listId?: string | undefined; nowMs: number },
): boolean {
  const { reason = 'UNSUBSCRIBE', nowMs } = request;
  const profile = findProfile(account, 'email', request.email);
  if (!profile) return false;
  const list = request.listId === undefined ? undefined : account.lists.get(request.listId);
  if (reason !== 'UNSUBSCRIBE') profile.suppressions.push({ reason, atMs: nowMs });
  else if (list) leaveList(profile, 'email', { list, nowMs });
  else withdraw(profile, 'email', nowMs);
  profile.updatedMs = nowMs;
  return true;
}
