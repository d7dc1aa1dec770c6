/** A fixed-window limit of Klaviyo: calls a second and calls a minute, for one operation of one account. */
export interface RateLimit {
  perSecond: number;
  perMinute: number;
}

// Klaviyo's tiers, `x-klaviyo-ratelimit` of its OpenAPI specification, revision 2026-07-15. Where an answer names
// another limit, that one is followed (followLimits.ts).
const S: RateLimit = { perSecond: 3, perMinute: 60 };
const XL: RateLimit = { perSecond: 350, perMinute: 3500 };
const M: RateLimit = { perSecond: 10, perMinute: 150 };
// The specification says 750 a minute, the guide 700: the lower one is safe under both.
const L: RateLimit = { perSecond: 75, perMinute: 700 };

/** The Klaviyo operations that Sluice calls; `success`: the statuses that the specification gives them. */
export const OPERATIONS = {
  bulk_create_events: { method: 'POST', path: '/api/event-bulk-create-jobs', success: [202], limit: M },
  bulk_import_profiles: { method: 'POST', path: '/api/profile-bulk-import-jobs', success: [202], limit: M },
  get_bulk_import_profiles_job: { method: 'GET', path: '/api/profile-bulk-import-jobs/{id}', success: [200], limit: M },
  get_errors_for_bulk_import_profiles_job: {
    method: 'GET',
    path: '/api/profile-bulk-import-jobs/{id}/import-errors',
    success: [200],
    limit: M,
  },
  bulk_subscribe_profiles: {
    method: 'POST',
    path: '/api/profile-subscription-bulk-create-jobs',
    success: [202],
    limit: L,
  },
  bulk_unsubscribe_profiles: {
    method: 'POST',
    path: '/api/profile-subscription-bulk-delete-jobs',
    success: [202],
    limit: L,
  },
  create_or_update_profile: { method: 'POST', path: '/api/profile-import', success: [200, 201], limit: L },
  get_profiles: { method: 'GET', path: '/api/profiles', success: [200], limit: L },
  get_events: { method: 'GET', path: '/api/events', success: [200], limit: XL },
  get_metrics: { method: 'GET', path: '/api/metrics', success: [200], limit: M },
  get_list: { method: 'GET', path: '/api/lists/{id}', success: [200], limit: L },
  remove_profiles_from_list: {
    method: 'DELETE',
    path: '/api/lists/{id}/relationships/profiles',
    success: [204],
    limit: M,
  },
  request_profile_deletion: { method: 'POST', path: '/api/data-privacy-deletion-jobs', success: [202], limit: S },
} as const satisfies Record<
  string,
  { method: 'GET' | 'POST' | 'DELETE'; path: string; success: readonly number[]; limit: RateLimit }
>;

export type Operation = keyof typeof OPERATIONS;
