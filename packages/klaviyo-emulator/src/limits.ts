/** The numbers that the emulator keeps, Klaviyo's unless a comment says otherwise: of its OpenAPI spec (revision 2026-07-15) and its guides. */

export interface Rate {
  readonly burstPerSecond: number;
  readonly steadyPerMinute: number;
  readonly perDay?: number;
}

// Guide "Rate limits, status codes, and errors". For L the spec says 750 a minute; the guide's lower 700 is kept.
export const TIERS = {
  XS: { burstPerSecond: 1, steadyPerMinute: 15 },
  S: { burstPerSecond: 3, steadyPerMinute: 60 },
  M: { burstPerSecond: 10, steadyPerMinute: 150 },
  L: { burstPerSecond: 75, steadyPerMinute: 700 },
  XL: { burstPerSecond: 350, steadyPerMinute: 3500 },
  // create_client_subscription: the burst of XL, the steady rate of L as the spec has it (x-klaviyo-ratelimit).
  clientSubscription: { burstPerSecond: 350, steadyPerMinute: 750 },
  // create_list: M and 150 a day (spec, x-klaviyo-ratelimit).
  listCreation: { burstPerSecond: 10, steadyPerMinute: 150, perDay: 150 },
} as const satisfies Record<string, Rate>;

export type Tier = keyof typeof TIERS;

// Guide, "ingestion limits": 5 MB after decompression. The decimal reading, so that what fits here fits there.
export const MAX_BODY_BYTES = 5_000_000;

// Spec, create/update/upsert profile and bulk import: 100 KB a profile. Guide: 95 KB for the profile inside an event.
export const MAX_PROFILE_BYTES = 100_000;
export const MAX_EVENT_PROFILE_BYTES = 95_000;

// Spec, bulk_create_events: 1,000 events, counted over all groups.
export const MAX_BULK_EVENTS = 1000;
// Spec, bulk_import_profiles.
export const MAX_IMPORT_PROFILES = 10_000;
// Spec, bulk_subscribe_profiles and bulk_unsubscribe_profiles, and both suppression jobs.
export const MAX_SUBSCRIBE_PROFILES = 1000;
export const MAX_UNSUBSCRIBE_PROFILES = 100;
export const MAX_SUPPRESS_PROFILES = 100;
// Spec, add_profiles_to_list and remove_profiles_from_list.
export const MAX_LIST_MEMBER_IDS = 1000;

// Guide, "Events API overview": event properties.
export const MAX_PROPERTIES = 400;
export const MAX_STRING_BYTES = 100_000;
export const MAX_ARRAY_ITEMS = 4000;
export const MAX_NESTING_DEPTH = 10;

// Help page on webhooks: ten an account.
export const MAX_WEBHOOKS = 10;
// Quoted by integrators from the guide on system webhooks: events in one request, and the secret's length.
export const MAX_WEBHOOK_EVENTS = 1000;
export const MIN_WEBHOOK_SECRET_CHARS = 16;
// The emulator's own bound: what one webhook may be owed before the oldest is forgotten.
export const MAX_WAITING_DELIVERIES = 10_000;

export const MAX_UNIQUE_ID_CHARS = 255;
export const MAX_METRIC_NAME_CHARS = 127;
export const MAX_EMAIL_CHARS = 100;
// Integrators quote 255 for external_id; that the other ids of a profile end there too is the emulator's own.
export const MAX_ID_CHARS = 255;

// Guide: at most a year ahead. The short year, here and below, so that what fits here fits there.
export const MAX_EVENT_TIME_AHEAD_MS = 365 * 24 * 3600 * 1000;

// Guide: the advice of one subscribe job a profile in 30 minutes. Enforced only with `repeatedSubscribe: ignore`.
export const REPEATED_SUBSCRIBE_MS = 30 * 60_000;

// Bulk import jobs are readable for a week.
export const JOB_LIFETIME_MS = 7 * 24 * 3600 * 1000;

// Guide, "Versioning": a revision lives one year stable and one year deprecated.
export const REVISION_LIFETIME_MS = 2 * 365 * 24 * 3600 * 1000;
export const NEWEST_REVISION = '2026-07-15';

// Not Klaviyo's: how deep a body and a filter may nest, and how much of a request an error answer repeats. The longest
// honest detail names 1,000 member ids of 26 characters.
export const MAX_BODY_DEPTH = 100;
export const MAX_FILTER_DEPTH = 20;
export const MAX_DETAIL_CHARS = 30_000;
export const MAX_POINTER_CHARS = 1000;
export const MAX_PARAMETER_CHARS = 100;
export const MAX_ISSUES = 10_000;

// Not Klaviyo's: times that are written with a year of four digits, and what setTimeout can wait.
export const MAX_TIME_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
export const MAX_TIMER_MS = 2 ** 31 - 1;
