import type { OperationName } from '../operations.ts';

export interface QueryParameters {
  /** Types that `fields[TYPE]` may name. */
  readonly fields?: readonly string[];
  readonly include?: readonly string[];
  /** By type: what `additional-fields[TYPE]` may name. */
  readonly additional?: Readonly<Record<string, readonly string[]>>;
  /** Each also with `-` before it. */
  readonly sort?: readonly string[];
  /** Parameters that take any text here; their handlers read them. */
  readonly plain?: readonly string[];
}

const PAGE = ['page[cursor]', 'page[size]'];
const FILTER_AND_PAGE = ['filter', ...PAGE];
const SUBSCRIPTIONS = { profile: ['subscriptions', 'predictive_analytics'] };
const BY_NAME = ['created', 'id', 'name', 'updated'];
const SUPPRESSION = 'subscriptions.email.marketing.suppression.timestamp';
const LIST_SUPPRESSION = 'subscriptions.email.marketing.list_suppressions.timestamp';

const NONE: QueryParameters = {};
const COMPANY: QueryParameters = { plain: ['company_id'] };
const ACCOUNT: QueryParameters = { fields: ['account'] };
const EVENT: QueryParameters = {
  fields: ['attribution', 'event', 'metric', 'profile'],
  include: ['attributions', 'metric', 'profile'],
};
const METRIC: QueryParameters = { fields: ['flow', 'metric'], include: ['flow-triggers'] };
const PROFILE: QueryParameters = { fields: ['profile'], additional: SUBSCRIPTIONS };
const LIST: QueryParameters = { fields: ['flow', 'list', 'tag'], include: ['flow-triggers', 'tags'] };
const SEGMENT: QueryParameters = { fields: ['flow', 'segment', 'tag'], include: ['flow-triggers', 'tags'] };
const MEMBER_IDS: QueryParameters = { sort: ['joined_group_at'], plain: FILTER_AND_PAGE };
const IMPORT_JOB: QueryParameters = { fields: ['profile-bulk-import-job'] };
const SUPPRESS_JOB: QueryParameters = { fields: ['profile-suppression-bulk-create-job'] };
const UNSUPPRESS_JOB: QueryParameters = { fields: ['profile-suppression-bulk-delete-job'] };
const WEBHOOK: QueryParameters = { fields: ['webhook'] };
const WEBHOOK_AND_TOPICS: QueryParameters = { fields: ['webhook-topic', 'webhook'], include: ['webhook-topics'] };

/** The query parameters of every operation, as the OpenAPI document has them; anything else is refused. */
export const QUERY_PARAMETERS: Record<OperationName, QueryParameters> = {
  get_accounts: ACCOUNT,
  get_account: ACCOUNT,

  create_event: NONE,
  bulk_create_events: NONE,
  get_events: { ...EVENT, sort: ['datetime', 'timestamp'], plain: FILTER_AND_PAGE },
  get_event: EVENT,
  get_metrics: { ...METRIC, plain: ['filter', 'page[cursor]'] },
  get_metric: METRIC,

  get_profiles: {
    fields: ['conversation', 'profile', 'push-token'],
    include: ['conversations', 'push-tokens'],
    additional: SUBSCRIPTIONS,
    sort: ['created', 'email', 'id', LIST_SUPPRESSION, SUPPRESSION, 'updated'],
    plain: FILTER_AND_PAGE,
  },
  create_profile: PROFILE,
  get_profile: {
    fields: ['conversation', 'list', 'profile', 'push-token', 'segment'],
    include: ['conversations', 'lists', 'push-tokens', 'segments'],
    additional: SUBSCRIPTIONS,
  },
  update_profile: PROFILE,
  create_or_update_profile: PROFILE,
  merge_profiles: { fields: ['profile'] },
  get_lists_for_profile: { fields: ['list'] },
  get_list_ids_for_profile: NONE,

  get_bulk_import_profiles_jobs: { ...IMPORT_JOB, sort: ['created_at'], plain: FILTER_AND_PAGE },
  bulk_import_profiles: IMPORT_JOB,
  get_bulk_import_profiles_job: { fields: ['list', 'profile-bulk-import-job'], include: ['lists'] },
  get_errors_for_bulk_import_profiles_job: { fields: ['import-error'], plain: PAGE },
  get_profile_ids_for_bulk_import_profiles_job: { plain: PAGE },

  get_lists: { ...LIST, sort: BY_NAME, plain: FILTER_AND_PAGE },
  create_list: { fields: ['list'] },
  get_list: { ...LIST, additional: { list: ['profile_count'] } },
  update_list: { fields: ['list'] },
  delete_list: NONE,
  get_profiles_for_list: { ...PROFILE, ...MEMBER_IDS },
  get_profile_ids_for_list: MEMBER_IDS,
  add_profiles_to_list: NONE,
  remove_profiles_from_list: NONE,

  bulk_subscribe_profiles: NONE,
  bulk_unsubscribe_profiles: NONE,
  bulk_suppress_profiles: SUPPRESS_JOB,
  get_bulk_suppress_profiles_jobs: { ...SUPPRESS_JOB, sort: ['created'], plain: ['filter', 'page[cursor]'] },
  get_bulk_suppress_profiles_job: SUPPRESS_JOB,
  bulk_unsuppress_profiles: UNSUPPRESS_JOB,
  get_bulk_unsuppress_profiles_job: UNSUPPRESS_JOB,
  request_profile_deletion: NONE,

  get_segments: { ...SEGMENT, sort: BY_NAME, plain: FILTER_AND_PAGE },
  get_segment: { ...SEGMENT, additional: { segment: ['profile_count'] } },
  get_profiles_for_segment: { ...PROFILE, ...MEMBER_IDS },
  get_profile_ids_for_segment: MEMBER_IDS,

  get_webhooks: WEBHOOK_AND_TOPICS,
  create_webhook: WEBHOOK,
  get_webhook: WEBHOOK_AND_TOPICS,
  update_webhook: WEBHOOK,
  delete_webhook: NONE,
  get_webhook_topics: { fields: ['webhook-topic'] },

  create_client_subscription: COMPANY,
  create_client_event: COMPANY,
  create_client_profile: COMPANY,
  bulk_create_client_events: COMPANY,
};
