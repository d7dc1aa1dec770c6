import type { OptIn, Settings } from '../options.ts';
import type { Location, ProfileAttributes } from '../wire.ts';
import type { Task } from './tasks.ts';

export const CHANNELS = [
  'email',
  'email_open_tracking',
  'sms',
  'sms_transactional',
  'whatsapp',
  'whatsapp_transactional',
  'whatsapp_conversational',
  'push',
] as const;

export type ChannelName = (typeof CHANNELS)[number];
export type Consent = 'NEVER_SUBSCRIBED' | 'SUBSCRIBED' | 'UNSUBSCRIBED';

export interface ChannelState {
  consent: Consent;
  /** When the person decided; the claimed time for historical imports. */
  timestampMs: number | null;
  updatedMs: number | null;
  method: string | null;
  customSource: string | null;
  doubleOptIn: boolean;
  /** Confirmation requests sent and not answered; list null means no list was named. */
  pending: { listId: string | null; atMs: number; customSource: string | null }[];
  /** When the last subscribe request of each list was followed; list null means no list was named. */
  subscribes: { listId: string | null; atMs: number }[];
}

export type SuppressionReason = 'HARD_BOUNCE' | 'INVALID_EMAIL' | 'SPAM_COMPLAINT' | 'UNSUBSCRIBE' | 'USER_SUPPRESSED';

export interface Profile {
  readonly id: string;
  /** Exchange id that `_kx` and `$exchange_id` carry. */
  readonly kx: string;
  /** Those of the profiles merged into this one, which go on naming it. */
  formerKxs: string[];
  email: string | null;
  phoneNumber: string | null;
  externalId: string | null;
  anonymousIds: string[];
  attributes: Pick<ProfileAttributes, 'first_name' | 'last_name' | 'organization' | 'locale' | 'title' | 'image'>;
  location: Location;
  properties: Record<string, unknown>;
  readonly createdMs: number;
  updatedMs: number;
  lastEventMs: number | null;
  channels: Record<ChannelName, ChannelState>;
  suppressions: { reason: SuppressionReason; atMs: number }[];
  listSuppressions: { listId: string; reason: string; atMs: number }[];
}

export interface Metric {
  readonly id: string;
  readonly name: string;
  readonly service: string | null;
  readonly createdMs: number;
  updatedMs: number;
  /** Once true, an event without a value counts as 0. */
  hasValues: boolean;
}

export interface StoredEvent {
  readonly id: string;
  readonly uuid: string;
  profileId: string;
  readonly metricId: string;
  readonly uniqueId: string | null;
  /** Whole seconds. */
  readonly timeMs: number;
  readonly receivedMs: number;
  readonly value: number | null;
  readonly currency: string | null;
  readonly backfill: boolean;
  /** Recorded by Klaviyo itself, not sent by a caller. */
  readonly own: boolean;
  readonly properties: Record<string, unknown>;
}

export interface List {
  readonly id: string;
  name: string;
  optIn: OptIn;
  readonly createdMs: number;
  updatedMs: number;
  /** Profile id to the time it joined. */
  readonly members: Map<string, number>;
}

export interface Segment {
  readonly id: string;
  readonly name: string;
  /** A filter over profiles; empty for everybody. */
  readonly where: string;
  readonly createdMs: number;
  updatedMs: number;
  /** Profile id to the time it was first seen to belong. */
  readonly members: Map<string, number>;
}

export interface Webhook {
  readonly id: string;
  name: string;
  description: string | null;
  endpointUrl: string;
  secretKey: string;
  enabled: boolean;
  topics: string[];
  readonly createdMs: number;
  updatedMs: number;
  /** Since when its receiver has failed, how often, and when it is asked again; null while all is well. */
  failing: { sinceMs: number; attempts: number; retryAtMs: number } | null;
}

/** One event on its way to one webhook, kept until it was taken. */
export interface Delivery {
  readonly webhookId: string;
  readonly topic: string;
  readonly eventId: string;
  readonly createdMs: number;
}

export type JobKind =
  | 'profile-bulk-import-job'
  | 'profile-suppression-bulk-create-job'
  | 'profile-suppression-bulk-delete-job';

export interface ImportError {
  id: string;
  code: string;
  title: string;
  detail: string;
  pointer: string;
  originalPayload: unknown;
}

export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly createdMs: number;
  readonly startsMs: number;
  readonly completesMs: number;
  readonly listIds: readonly string[];
  readonly segmentIds: readonly string[];
  readonly total: number;
  completed: number;
  failed: number;
  skipped: number;
  profileIds: string[];
  errors: ImportError[];
}

/** What Klaviyo answers 202 to and then loses without a word. */
export interface Dropped {
  atMs: number;
  what: 'event' | 'profile';
  reason: 'unknown_profile_id' | 'reserved_domain' | 'duplicate';
  detail: string;
}

export interface Account {
  readonly publicKey: string;
  readonly name: string;
  readonly keys: readonly { key: string; scopes: readonly string[] | null }[];
  readonly defaultOptIn: OptIn;
  readonly ageGated: boolean;
  readonly profiles: Map<string, Profile>;
  readonly events: Map<string, StoredEvent>;
  readonly metrics: Map<string, Metric>;
  readonly lists: Map<string, List>;
  readonly segments: Map<string, Segment>;
  readonly webhooks: Map<string, Webhook>;
  /** What no webhook has taken yet, oldest first; what of it is still owed, listOwed says. */
  deliveries: Delivery[];
  readonly jobs: Map<string, Job>;
  readonly dropped: Dropped[];
  /** Derived from the maps above; rebuilt when a snapshot is read. */
  readonly index: Index;
}

export interface Index {
  readonly email: Map<string, string>;
  readonly phone: Map<string, string>;
  readonly externalId: Map<string, string>;
  readonly anonymousId: Map<string, string>;
  readonly kx: Map<string, string>;
  readonly metric: Map<string, string>;
  /** The eventKey of every event. */
  readonly eventKeys: Set<string>;
  readonly eventsOfProfile: Map<string, Set<string>>;
}

export interface World {
  readonly settings: Settings;
  readonly accounts: Map<string, Account>;
  /** In the order they are due. Bounded by nothing but what was accepted: pending work is never forgotten. */
  tasks: Task[];
  /** Source of every id; never goes back. */
  sequence: number;
  /** Rises with every change that a reader could see. */
  version: number;
}
