import type { Account } from '../state/types.ts';
import { topicOf } from './topicOf.ts';

// What a fresh account answers before anything happened in it (seen 2026-09). Only some of it happens here.
const STANDARD = [
  'bounced_email',
  'bounced_push',
  'clicked_email',
  'clicked_email_to_unsubscribe',
  'clicked_sms',
  'dropped_email',
  'failed_to_deliver_automated_response_sms',
  'failed_to_deliver_sms',
  'manually_suppressed_from_email_marketing',
  'manually_unsuppressed_from_email_marketing',
  'marked_email_as_spam',
  'merged_profile',
  'opened_email',
  'opened_push',
  'ready_to_review',
  'received_automated_response_sms',
  'received_email',
  'received_push',
  'received_sms',
  'sent_sms',
  'skipped_send',
  'submitted_rating',
  'submitted_review',
  'subscribed_to_back_in_stock',
  'subscribed_to_email_marketing',
  'subscribed_to_list',
  'subscribed_to_sms_marketing',
  'unsubscribed_from_email_marketing',
  'unsubscribed_from_list',
  'unsubscribed_from_sms_marketing',
  'updated_email_preferences',
].map((slug) => `event:klaviyo.${slug}`);

/** Everything a webhook of this account may ask for: the standard topics, and one for each of its metrics. */
export function listTopics(account: Account): string[] {
  return [...new Set([...STANDARD, ...[...account.metrics.values()].map(topicOf)])].sort();
}
