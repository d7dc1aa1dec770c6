import type { JsonObject } from '@sluice/shared';
import type { Identifiers, Location, ProfileAttributes } from '../klaviyo/profileAttributes.ts';

interface BaseItem {
  /** `messageId#metric[:line]`: one item, one outcome. */
  id: string;
  who: Identifiers;
  purpose: 'tracking' | 'transactional' | 'marketing';
  /** When the edge took it in, epoch milliseconds. */
  receivedAtMs: number;
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
}

/** One change of a profile. */
export interface ProfileItem extends BaseItem {
  lane: 'profiles';
  attributes: ProfileAttributes;
}

/** One person to subscribe to one list (or, without one, to the account's default opt-in). */
export interface SubscribeItem extends BaseItem {
  lane: 'subscribe';
  channels: ('email' | 'sms')[];
  list: string | null;
  /** When the person agreed, epoch milliseconds. */
  decidedAtMs: number;
}

export type Item = EventItem | ProfileItem | SubscribeItem;
export type LaneName = Item['lane'];
