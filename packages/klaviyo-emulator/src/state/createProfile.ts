import { makeProfileId, makeShortId } from './makeId.ts';
import { type Account, CHANNELS, type ChannelName, type ChannelState, type Profile, type World } from './types.ts';

const untouched = (): ChannelState => ({
  consent: 'NEVER_SUBSCRIBED',
  timestampMs: null,
  updatedMs: null,
  method: null,
  customSource: null,
  doubleOptIn: false,
  pending: [],
  subscribes: [],
});

function untouchedChannels(): Record<ChannelName, ChannelState> {
  // CHANNELS lists every ChannelName, so the record is complete.
  return Object.fromEntries(CHANNELS.map((name) => [name, untouched()])) as Record<ChannelName, ChannelState>;
}

/** Adds an empty profile; its identifiers are set by setIdentifiers, which keeps the index. */
export function createProfile(world: World, account: Account, nowMs: number): Profile {
  const profile: Profile = {
    id: makeProfileId(world, nowMs),
    kx: `${makeShortId(world, 20)}.${account.publicKey}`,
    formerKxs: [],
    email: null,
    phoneNumber: null,
    externalId: null,
    anonymousIds: [],
    attributes: {},
    location: {},
    properties: {},
    createdMs: nowMs,
    updatedMs: nowMs,
    lastEventMs: null,
    channels: untouchedChannels(),
    suppressions: [],
    listSuppressions: [],
  };
  account.profiles.set(profile.id, profile);
  account.index.kx.set(profile.kx, profile.id);
  return profile;
}
