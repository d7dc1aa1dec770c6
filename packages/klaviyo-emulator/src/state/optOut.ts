import { findProfile } from './findProfile.ts';
import { type OwnMetric, recordOwnEvent } from './recordOwnEvent.ts';
import type { Account, Profile, SuppressionReason, World } from './types.ts';
import { leaveList, withdraw } from './unsubscribe.ts';

/** By which address: a phone number leaves SMS, and knows neither reasons nor lists. */
type Departing =
  | { email: string; phoneNumber?: undefined; reason?: SuppressionReason | undefined; listId?: string | undefined }
  | { email?: undefined; phoneNumber: string; reason?: undefined; listId?: undefined };

type Reason = Exclude<SuppressionReason, 'UNSUBSCRIBE'>;

const RECORDED: Record<Reason, { metric: OwnMetric; properties?: Record<string, unknown> } | undefined> = {
  SPAM_COMPLAINT: { metric: 'Marked Email as Spam' },
  HARD_BOUNCE: { metric: 'Bounced Email', properties: { 'Bounce Type': 'Hard' } },
  USER_SUPPRESSED: { metric: 'Manually Suppressed from Email Marketing' },
  INVALID_EMAIL: undefined,
};

/** A person unsubscribes on Klaviyo's own page, answers STOP, complains, or the mail server rejects the address. */
export function optOut(world: World, account: Account, request: Departing & { nowMs: number }): boolean {
  const { reason = 'UNSUBSCRIBE', nowMs } = request;
  const channel = request.email === undefined ? 'sms' : 'email';
  const profile =
    request.email === undefined
      ? findProfile(account, 'phone_number', request.phoneNumber)
      : findProfile(account, 'email', request.email);
  if (!profile) return false;
  const list = request.listId === undefined ? undefined : account.lists.get(request.listId);
  const departure = { profile, channel, nowMs } as const;
  if (reason !== 'UNSUBSCRIBE') suppress(world, account, { profile, reason, nowMs });
  else if (list) leaveList(world, account, { ...departure, list });
  else withdraw(world, account, departure);
  profile.updatedMs = nowMs;
  return true;
}

function suppress(world: World, account: Account, change: { profile: Profile; reason: Reason; nowMs: number }): void {
  const { profile, reason, nowMs } = change;
  if (profile.suppressions.some((held) => held.reason === reason)) return;
  profile.suppressions.push({ reason, atMs: nowMs });
  const recorded = RECORDED[reason];
  if (recorded) recordOwnEvent(world, account, { ...recorded, profile, nowMs });
}
