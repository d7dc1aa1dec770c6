import { isoTime } from '../present/wireForms.ts';
import { isAnonymous } from './resolveForEvent.ts';
import { type Account, CHANNELS, type ChannelName, type Profile } from './types.ts';
import type { ChannelView, ProfileView } from './views.ts';

export function describeProfile(account: Account, profile: Profile): ProfileView {
  return {
    account: account.publicKey,
    id: profile.id,
    email: profile.email,
    phone_number: profile.phoneNumber,
    external_id: profile.externalId,
    anonymous_ids: [...profile.anonymousIds],
    _kx: profile.kx,
    anonymous: isAnonymous(profile),
    attributes: { ...profile.attributes },
    location: { ...profile.location },
    properties: profile.properties,
    consent: describeChannels(profile),
    suppressions: profile.suppressions.map(({ reason, atMs }) => ({ reason, timestamp: isoTime(atMs) })),
    list_suppressions: profile.listSuppressions.map(({ listId, reason, atMs }) => ({
      list: listId,
      reason,
      timestamp: isoTime(atMs),
    })),
    lists: [...account.lists.values()].filter((list) => list.members.has(profile.id)).map(({ id }) => id),
    created: isoTime(profile.createdMs),
    updated: isoTime(profile.updatedMs),
  };
}

function describeChannels(profile: Profile): Record<ChannelName, ChannelView> {
  const views = CHANNELS.map((name): [ChannelName, ChannelView] => {
    const { consent, timestampMs, updatedMs, customSource, doubleOptIn, pending } = profile.channels[name];
    const asked = pending.map(({ listId, atMs }) => ({ list: listId, since: isoTime(atMs) }));
    const times = { timestamp: isoTime(timestampMs), updated: isoTime(updatedMs) };
    return [name, { consent, ...times, customSource, doubleOptIn, pending: asked }];
  });
  // CHANNELS lists every ChannelName, so the record is complete.
  return Object.fromEntries(views) as Record<ChannelName, ChannelView>;
}
