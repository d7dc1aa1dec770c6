import { recordOwnEvent } from './recordOwnEvent.ts';
import type { Account, ChannelName, Consent, Profile, World } from './types.ts';

/** Records a changed consent, for the two channels that have metrics of their own. */
export function recordConsent(
  world: World,
  account: Account,
  change: { profile: Profile; channel: ChannelName; consent: Exclude<Consent, 'NEVER_SUBSCRIBED'>; nowMs: number },
): void {
  const { profile, channel, nowMs } = change;
  if (channel !== 'email' && channel !== 'sms') return;
  const name = channel === 'email' ? 'Email' : 'SMS';
  const verb = change.consent === 'SUBSCRIBED' ? 'Subscribed to' : 'Unsubscribed from';
  recordOwnEvent(world, account, { profile, metric: `${verb} ${name} Marketing`, nowMs });
}
