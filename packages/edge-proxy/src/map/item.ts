import type { JsonObject } from '@sluice/shared';
import type { Identifiers, Location, ProfileAttributes } from '../klaviyo/profileAttributes.ts';
import type { ProfilePatch } from '../klaviyo/wire.ts';

interface BaseItem {
  /** `messageId#metric[:line]`: one item, one outcome. */
  id: string;
  who: Identifiers;
  /** What else the person is known by: it does not go out, but a no may have been said under it. */
  also?: Identifiers;
  purpose: 'tracking' | 'transactional' | 'marketing';
  /** When the edge took it in, epoch milliseconds. */
  receivedAtMs: number;
  /** It was dead and an operator had it sent again: when last, epoch milliseconds, and after how many tries in all. */
  replayed?: { atMs: number; attempts: number };
}

/** One Klaviyo event. */
export interface EventItem extends BaseItem {
  lane: 'events';
  /** As Klaviyo shall name it. */
  metric: string;
  /** The metric's default name: what settings and rules speak of, whatever the shop calls it. */
  kind: string;
  /** Klaviyo's dedup key within (profile, metric): the same through every retry. */
  uniqueId: string;
  timeMs: number;
  /** Major units. */
  value?: number;
  /** ISO 4217. */
  currency?: string;
  properties: JsonObject;
  location?: Location;
  /** An order or a checkout: ends the wait for a fuller call. */
  urgent?: true;
  /** Derived from an identify, to merge its two identifiers: needless once another event brings both. */
  merges?: true;
}

/** One change of a profile. */
export interface ProfileItem extends BaseItem {
  lane: 'profiles';
  attributes: ProfileAttributes;
  /** Of a sign-up, when the person agreed, epoch milliseconds: who takes it back takes this back too. */
  decidedAtMs?: number;
}

/** One person to subscribe to one list (or, without one, to the account's default opt-in). */
export interface SubscribeItem extends BaseItem {
  lane: 'subscribe';
  channels: ('email' | 'sms')[];
  list: string | null;
  /** When the person agreed, epoch milliseconds. */
  decidedAtMs: number;
  /** From an operator's import of earlier consent, and from nowhere else: Klaviyo asks nobody to confirm it. */
  historical?: true;
  /** `YYYY-MM-DD`, with SMS alone. */
  dateOfBirth?: string;
}

/** One change of a profile that bulk import cannot make: a patch, or identifiers that belong to several profiles. */
export interface SingleProfileItem extends BaseItem {
  lane: 'profile';
  attributes: ProfileAttributes;
  decidedAtMs?: number;
  patch?: ProfilePatch;
}

/** One person's opt-out of channels, everywhere. `who` has the address of each. */
export interface UnsubscribeItem extends BaseItem {
  lane: 'unsubscribe';
  channels: ('email' | 'sms')[];
  /** When the person decided, epoch milliseconds. */
  decidedAtMs: number;
}

/** At most one of the two, and nothing else: Klaviyo erases by one identifier, and which of several would be a guess. */
type OneAddress = ({ email?: never; phone_number?: string } | { email: string; phone_number?: never }) & {
  [Other in Exclude<keyof Identifiers, 'email' | 'phone_number'>]?: never;
};

/** One erasure. Who is known by two addresses needs two: Klaviyo takes one a call. */
export interface EraseItem extends BaseItem {
  lane: 'erase';
  /** Empty where `profileId` says who. */
  who: OneAddress;
  /** Klaviyo's own id of the profile. */
  profileId?: string;
}

/** One person's place on one list, which changes neither consent nor attributes. */
export interface MemberItem extends BaseItem {
  lane: 'members';
  action: 'add' | 'remove';
  list: string;
  /** Of an opt-out, when the person decided, epoch milliseconds: a newer yes to the list overtakes it. */
  decidedAtMs?: number;
}

export type Item =
  | EventItem
  | ProfileItem
  | SubscribeItem
  | SingleProfileItem
  | UnsubscribeItem
  | EraseItem
  | MemberItem;
export type LaneName = Item['lane'];
