import { accepted, type Route } from '../../http/Call.ts';
import { refuseBody } from '../../http/problem.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { subscribeBody } from '../../validate/bodies/subscriptions.ts';
import { asChecked, type SubscriptionBody } from '../../wire.ts';
import { countProfiles } from '../imports/bulkImport.ts';
import { noList } from '../lists/readLists.ts';
import { findSubscribeIssues } from './findSubscribeIssues.ts';

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
    const issues = attributes.profiles.data.flatMap((entry, index) =>
      findSubscribeIssues(call, entry, `${PROFILES}/${index}`),
    );
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
