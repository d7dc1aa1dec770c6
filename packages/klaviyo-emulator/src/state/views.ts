import type { ChannelName, Consent, ImportError, SuppressionReason } from './types.ts';

export interface ChannelView {
  consent: Consent;
  timestamp: string | null;
  updated: string | null;
  customSource: string | null;
  doubleOptIn: boolean;
  /** Unanswered double opt-in requests. */
  pending: { list: string | null; since: string }[];
}

export interface ProfileView {
  account: string;
  id: string;
  email: string | null;
  phone_number: string | null;
  external_id: string | null;
  anonymous_ids: string[];
  _kx: string;
  anonymous: boolean;
  /** first_name, last_name, organization, locale, title, image: those that are set. */
  attributes: Record<string, unknown>;
  location: Record<string, unknown>;
  properties: Record<string, unknown>;
  consent: Record<ChannelName, ChannelView>;
  suppressions: { reason: SuppressionReason; timestamp: string }[];
  list_suppressions: { list: string; reason: string; timestamp: string }[];
  /** Ids of the lists it is a member of. */
  lists: string[];
  created: string;
  updated: string;
}

export interface EventView {
  account: string;
  id: string;
  profile: string;
  metric: string;
  properties: Record<string, unknown>;
  value: number | null;
  value_currency: string | null;
  unique_id: string | null;
  /** Truncated to the second. */
  time: string;
  received: string;
  backfill: boolean;
  /** Whether a caller sent it or Klaviyo recorded it itself. */
  integration: 'API' | 'Klaviyo';
}

export interface ListView {
  account: string;
  id: string;
  name: string;
  opt_in_process: string;
  members: { profile: string; joined: string }[];
}

export interface SegmentView {
  account: string;
  id: string;
  name: string;
  where: string;
  members: { profile: string; joined: string }[];
}

export interface JobView {
  account: string;
  id: string;
  kind: string;
  status: string;
  lists: string[];
  segments: string[];
  total: number;
  completed: number;
  failed: number;
  skipped: number;
  created: string;
  errors: ImportError[];
}

/** Never with its secret. */
export interface WebhookView {
  account: string;
  id: string;
  name: string;
  endpoint_url: string;
  enabled: boolean;
  topics: string[];
  /** Events it is owed. */
  waiting: number;
  /** Since when its receiver has failed, how often, and when it is asked again. */
  failing: { since: string; attempts: number; retry_at: string } | null;
}

export interface DroppedView {
  account: string;
  time: string;
  what: string;
  reason: string;
  detail: string;
}

/** Everything the emulator holds, oldest first, flat, each row with its account's public key. */
export interface EmulatorState {
  now: string;
  /** Accepted with 202 and not visible yet. */
  pending: number;
  accounts: { publicKey: string; name: string }[];
  profiles: ProfileView[];
  events: EventView[];
  metrics: { account: string; id: string; name: string; service: string | null }[];
  lists: ListView[];
  /** With the members of this moment. */
  segments: SegmentView[];
  jobs: JobView[];
  webhooks: WebhookView[];
  dropped: DroppedView[];
}
