import { CLIENT_RULES } from './client.ts';
import { CLIENT_SUBSCRIPTION_RULES } from './clientSubscriptions.ts';
import { CONSENT_RULES } from './consent.ts';
import { CONSENT_BODY_RULES } from './consentBodies.ts';
import { DELETION_RULES } from './deletion.ts';
import { ERROR_RULES } from './errors.ts';
import { EVENT_BODY_RULES } from './eventBodies.ts';
import { EVENT_RULES } from './events.ts';
import { FILTER_LANGUAGE_RULES } from './filterLanguage.ts';
import { FILTER_RULES } from './filters.ts';
import { GROUP_SUPPRESSION_RULES } from './groupSuppressions.ts';
import { HOSTILE_RULES } from './hostile.ts';
import { IDENTIFIER_RULES } from './identifiers.ts';
import { IDENTITY_RULES } from './identity.ts';
import { JOB_RULES } from './jobs.ts';
import { KEY_RULES } from './keys.ts';
import { LIMIT_SETTING_RULES } from './limitSettings.ts';
import { LIMIT_RULES } from './limits.ts';
import { LIST_RULES } from './lists.ts';
import { MERGE_RULES } from './merging.ts';
import { OPT_IN_RULES } from './optIn.ts';
import { OWN_METRIC_RULES } from './ownMetrics.ts';
import { PAGE_RULES } from './pages.ts';
import { PROFILE_BODY_RULES } from './profileBodies.ts';
import { PROFILE_RULES } from './profiles.ts';
import { QUERY_RULES } from './query.ts';
import type { Rule } from './Rule.ts';
import { READING_RULES } from './reading.ts';
import { REPEATED_SUBSCRIBE_RULES } from './repeatedSubscribe.ts';
import { REPEAT_RULES } from './repeats.ts';
import { RESERVED_RULES } from './reserved.ts';
import { SEGMENT_RULES } from './segments.ts';
import { SEGMENT_WHERE_RULES } from './segmentWhere.ts';
import { TRANSPORT_RULES } from './transport.ts';
import { UNKNOWN_KEY_RULES } from './unknownKeys.ts';
import { UNSUBSCRIBE_RULES } from './unsubscribing.ts';
import { WEBHOOK_BODY_RULES } from './webhookBodies.ts';
import { WEBHOOK_RULES } from './webhooks.ts';

/** Every rule that the emulator keeps where Klaviyo's published schema is silent. */
export const RULES: readonly Rule[] = [
  ...EVENT_RULES,
  ...REPEAT_RULES,
  ...IDENTITY_RULES,
  ...MERGE_RULES,
  ...PROFILE_RULES,
  ...OPT_IN_RULES,
  ...CONSENT_RULES,
  ...UNSUBSCRIBE_RULES,
  ...REPEATED_SUBSCRIBE_RULES,
  ...RESERVED_RULES,
  ...LIST_RULES,
  ...JOB_RULES,
  ...DELETION_RULES,
  ...READING_RULES,
  ...PAGE_RULES,
  ...FILTER_RULES,
  ...FILTER_LANGUAGE_RULES,
  ...UNKNOWN_KEY_RULES,
  ...EVENT_BODY_RULES,
  ...IDENTIFIER_RULES,
  ...CONSENT_BODY_RULES,
  ...ERROR_RULES,
  ...KEY_RULES,
  ...LIMIT_RULES,
  ...LIMIT_SETTING_RULES,
  ...PROFILE_BODY_RULES,
  ...TRANSPORT_RULES,
  ...HOSTILE_RULES,
  ...OWN_METRIC_RULES,
  ...WEBHOOK_BODY_RULES,
  ...WEBHOOK_RULES,
  ...QUERY_RULES,
  ...SEGMENT_RULES,
  ...SEGMENT_WHERE_RULES,
  ...GROUP_SUPPRESSION_RULES,
  ...CLIENT_RULES,
  ...CLIENT_SUBSCRIPTION_RULES,
];
