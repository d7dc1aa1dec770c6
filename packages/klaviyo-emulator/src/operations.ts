import type { Tier } from './limits.ts';

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As in the OpenAPI document, without a trailing slash. */
  readonly path: string;
  readonly scopes: readonly string[];
  readonly tier: Tier;
  /** Client operations take a `company_id` in the query instead of a private key. */
  readonly client?: true;
}

const SUBSCRIPTION_SCOPES = ['lists:write', 'profiles:write', 'subscriptions:write'];
const MEMBER_READ = ['lists:read', 'profiles:read'];
const SEGMENT_READ = ['profiles:read', 'segments:read'];
const MEMBER_WRITE = ['lists:write', 'profiles:write'];

const get = (path: string, scopes: string[], tier: Tier): Operation => ({ method: 'GET', path, scopes, tier });
const post = (path: string, scopes: string[], tier: Tier): Operation => ({ method: 'POST', path, scopes, tier });
const patch = (path: string, scopes: string[], tier: Tier): Operation => ({ method: 'PATCH', path, scopes, tier });
const client = (path: string, scopes: string[], tier: Tier): Operation => ({
  ...post(path, scopes, tier),
  client: true,
});
const del = (path: string, scopes: string[], tier: Tier): Operation => ({ method: 'DELETE', path, scopes, tier });

/** Method, path, scopes (x-klaviyo-scopes) and rate tier (x-klaviyo-ratelimit) of every operation answered. */
export const OPERATIONS = {
  get_accounts: get('/api/accounts', ['accounts:read'], 'XS'),
  get_account: get('/api/accounts/:id', ['accounts:read'], 'XS'),

  create_event: post('/api/events', ['events:write'], 'XL'),
  bulk_create_events: post('/api/event-bulk-create-jobs', ['events:write'], 'M'),
  get_events: get('/api/events', ['events:read'], 'XL'),
  get_event: get('/api/events/:id', ['events:read'], 'M'),
  get_metrics: get('/api/metrics', ['metrics:read'], 'M'),
  get_metric: get('/api/metrics/:id', ['metrics:read'], 'M'),

  get_profiles: get('/api/profiles', ['profiles:read'], 'L'),
  create_profile: post('/api/profiles', ['profiles:write'], 'L'),
  get_profile: get('/api/profiles/:id', ['profiles:read'], 'L'),
  update_profile: patch('/api/profiles/:id', ['profiles:write'], 'L'),
  create_or_update_profile: post('/api/profile-import', ['profiles:write'], 'L'),
  merge_profiles: post('/api/profile-merge', ['profiles:write'], 'M'),
  get_lists_for_profile: get('/api/profiles/:id/lists', MEMBER_READ, 'S'),
  get_list_ids_for_profile: get('/api/profiles/:id/relationships/lists', MEMBER_READ, 'S'),

  get_bulk_import_profiles_jobs: get('/api/profile-bulk-import-jobs', MEMBER_READ, 'M'),
  bulk_import_profiles: post('/api/profile-bulk-import-jobs', MEMBER_WRITE, 'M'),
  get_bulk_import_profiles_job: get('/api/profile-bulk-import-jobs/:id', MEMBER_READ, 'M'),
  get_errors_for_bulk_import_profiles_job: get(
    '/api/profile-bulk-import-jobs/:id/import-errors',
    ['profiles:read'],
    'M',
  ),
  get_profile_ids_for_bulk_import_profiles_job: get(
    '/api/profile-bulk-import-jobs/:id/relationships/profiles',
    ['profiles:read'],
    'M',
  ),

  get_lists: get('/api/lists', ['lists:read'], 'L'),
  create_list: post('/api/lists', ['lists:write'], 'listCreation'),
  get_list: get('/api/lists/:id', ['lists:read'], 'L'),
  update_list: patch('/api/lists/:id', ['lists:write'], 'M'),
  delete_list: del('/api/lists/:id', ['lists:write'], 'M'),
  get_profiles_for_list: get('/api/lists/:id/profiles', MEMBER_READ, 'L'),
  get_profile_ids_for_list: get('/api/lists/:id/relationships/profiles', MEMBER_READ, 'L'),
  add_profiles_to_list: post('/api/lists/:id/relationships/profiles', MEMBER_WRITE, 'M'),
  remove_profiles_from_list: del('/api/lists/:id/relationships/profiles', MEMBER_WRITE, 'M'),

  bulk_subscribe_profiles: post('/api/profile-subscription-bulk-create-jobs', SUBSCRIPTION_SCOPES, 'L'),
  bulk_unsubscribe_profiles: post('/api/profile-subscription-bulk-delete-jobs', SUBSCRIPTION_SCOPES, 'L'),
  bulk_suppress_profiles: post(
    '/api/profile-suppression-bulk-create-jobs',
    ['profiles:write', 'subscriptions:write'],
    'L',
  ),
  get_bulk_suppress_profiles_jobs: get('/api/profile-suppression-bulk-create-jobs', ['subscriptions:read'], 'L'),
  get_bulk_suppress_profiles_job: get('/api/profile-suppression-bulk-create-jobs/:id', ['subscriptions:read'], 'L'),
  bulk_unsuppress_profiles: post('/api/profile-suppression-bulk-delete-jobs', ['subscriptions:write'], 'L'),
  get_bulk_unsuppress_profiles_job: get('/api/profile-suppression-bulk-delete-jobs/:id', ['subscriptions:read'], 'L'),
  request_profile_deletion: post('/api/data-privacy-deletion-jobs', ['data-privacy:write'], 'S'),

  get_segments: get('/api/segments', ['segments:read'], 'L'),
  get_segment: get('/api/segments/:id', ['segments:read'], 'L'),
  get_profiles_for_segment: get('/api/segments/:id/profiles', SEGMENT_READ, 'L'),
  get_profile_ids_for_segment: get('/api/segments/:id/relationships/profiles', SEGMENT_READ, 'L'),

  get_webhooks: get('/api/webhooks', ['webhooks:read'], 'XS'),
  create_webhook: post('/api/webhooks', ['webhooks:write'], 'XS'),
  get_webhook: get('/api/webhooks/:id', ['webhooks:read'], 'XS'),
  update_webhook: patch('/api/webhooks/:id', ['webhooks:write'], 'XS'),
  delete_webhook: del('/api/webhooks/:id', ['webhooks:write'], 'XS'),
  get_webhook_topics: get('/api/webhook-topics', ['webhooks:read'], 'XS'),

  create_client_subscription: client('/client/subscriptions', ['subscriptions:write'], 'clientSubscription'),
  create_client_event: client('/client/events', ['events:write'], 'XL'),
  create_client_profile: client('/client/profiles', ['profiles:write'], 'XL'),
  bulk_create_client_events: client('/client/event-bulk-create', ['events:write'], 'M'),
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;
