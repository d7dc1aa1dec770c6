import { parseTime } from '../validate/time.ts';
import type { ConsentChange } from '../wire.ts';
import { recordConsent } from './recordConsent.ts';
import { recordOwnEvent } from './recordOwnEvent.ts';
import type { Account, ChannelName, List, Profile, SuppressionReason, World } from './types.ts';

export interface Grant {
  profile: Profile;
  channel: ChannelName;
  list: List | undefined;
  change: ConsentChange | undefined;
  nowMs: number;
  customSource: string | null;
  doubleOptIn: boolean;
  historical: boolean;
}

// Spec, bulk_subscribe_profiles: a subscribe removes these; bounces and invalid addresses stay.
const LIFTED: readonly SuppressionReason[] = ['UNSUBSCRIBE', 'SPAM_COMPLAINT', 'USER_SUPPRESSED'];

/** The person agreed: the channel opens, earlier opt-outs are lifted, and the list gets its member. */
export function grant(world: World, account: Account, request: Grant): void {
  const { profile, channel, list, nowMs } = request;
  const changed = open(request);
  const joined = join(request);
  profile.updatedMs = nowMs;
  // A decision: historical imports "skip added to list flows", so they record nothing that could trigger one.
  if (request.historical) return;
  if (changed) recordConsent(world, account, { profile, channel, consent: 'SUBSCRIBED', nowMs });
  if (joined && list)
    recordOwnEvent(world, account, { profile, metric: 'Subscribed to List', nowMs, properties: { List: list.name } });
}

/** True where the person could not be reached on this channel before. */
function open({ profile, channel, list, change, nowMs, customSource, doubleOptIn }: Grant): boolean {
  const state = profile.channels[channel];
  let changed = state.consent !== 'SUBSCRIBED';
  state.consent = 'SUBSCRIBED';
  state.timestampMs = parseTime(change?.consented_at) ?? nowMs;
  state.updatedMs = nowMs;
  state.method = 'API';
  state.customSource = customSource;
  state.doubleOptIn = doubleOptIn;
  if (channel === 'email') {
    const kept = profile.suppressions.filter(({ reason }) => !LIFTED.includes(reason));
    changed ||= kept.length < profile.suppressions.length;
    profile.suppressions = kept;
    profile.listSuppressions = profile.listSuppressions.filter(({ listId }) => listId !== list?.id);
  }
  return changed;
}

function join({ profile, list, nowMs }: Grant): boolean {
  if (!list || list.members.has(profile.id)) return false;
  list.members.set(profile.id, nowMs);
  list.updatedMs = nowMs;
  return true;
}
