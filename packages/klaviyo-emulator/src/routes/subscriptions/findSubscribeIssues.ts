import type { Call } from '../../http/Call.ts';
import { listChannels } from '../../state/listChannels.ts';
import type { Issue } from '../../validate/check.ts';
import type { SubscriptionProfile } from '../../wire.ts';

/** What only the account can tell: age gating, and addresses that the profile with this id lacks. */
export function findSubscribeIssues(call: Call, entry: SubscriptionProfile, at: string): Issue[] {
  const { attributes, id } = entry;
  const profile = id ? call.account.profiles.get(id) : undefined;
  if (id && !profile) return [{ pointer: `${at}/id`, detail: `A profile with id ${id} does not exist.` }];
  const held = { email: profile?.email, phone_number: profile?.phoneNumber };
  const issues: Issue[] = [];
  for (const { needs, path } of listChannels(attributes.subscriptions)) {
    // Without an id, the body's check refused it already.
    if (id && needs && !attributes[needs] && !held[needs])
      issues.push({
        pointer: `${at}/attributes/${needs}`,
        detail: `'${needs}' is required to subscribe to '${path}'.`,
      });
    if (call.account.ageGated && path.startsWith('sms/') && !attributes.age_gated_date_of_birth)
      issues.push({
        pointer: `${at}/attributes/age_gated_date_of_birth`,
        detail: "'age_gated_date_of_birth' is required for SMS in this account.",
      });
  }
  return issues;
}
