import { accepted, type Call, type Route } from '../../http/Call.ts';
import { refuseBody } from '../../http/problem.ts';
import { listChannels } from '../../state/listChannels.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { subscribeBody } from '../../validate/bodies/subscriptions.ts';
import type { Issue } from '../../validate/check.ts';
import { asChecked, type SubscriptionBody, type SubscriptionProfile } from '../../wire.ts';
import { countProfiles } from '../imports/bulkImport.ts';
import { noList } from '../lists/readLists.ts';

const PROFILES = '/data/attributes/profiles/data';

export const bulkSubscribe: Route = {
  operation: 'bulk_subscribe_profiles',
  check: subscribeBody,
  countItems: countProfiles,
  handle(call) {
    const { world, account, nowMs } = call;
    const { attributes, relationships } = asChecked<SubscriptionBody>(call.body).data;
    const listId = relationships?.list?.data.id ?? null;
    if (listId !== null && !account.lists.has(listId)) return noList(listId, '/data/relationships/list/data/id');
    const issues = attributes.profiles.data.flatMap((entry, index) => findIssues(call, entry, index));
    if (issues.length > 0) return refuseBody(issues);
    const job = {
      profiles: attributes.profiles.data,
      listId,
      historical: attributes.historical_import ?? false,
      customSource: attributes.custom_source ?? null,
    };
    const dueMs = visibleAt(world, nowMs);
    schedule(world, account, { work: { kind: 'subscribe', job }, dueMs });
    return accepted();
  },
};

/** What only the account can tell: age gating, and addresses that the profile with this id lacks. */
function findIssues(call: Call, entry: SubscriptionProfile, index: number): Issue[] {
  const { attributes, id } = entry;
  const at = `${PROFILES}/${index}`;
  const profile = id ? call.account.profiles.get(id) : undefined;
  if (id && !profile) return [{ pointer: `${at}/id`, detail: `A profile with id ${id} does not exist.` }];
  const held = { email: profile?.email, phone_number: profile?.phoneNumber };
  const issues: Issue[] = [];
  for (const { needs, path } of listChannels(attributes.subscriptions)) {
    if (needs && !attributes[needs] && !held[needs])
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
