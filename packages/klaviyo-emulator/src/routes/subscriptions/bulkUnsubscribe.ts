import { accepted, type Route } from '../../http/Call.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { unsubscribeBody } from '../../validate/bodies/subscriptions.ts';
import { asChecked, type SubscriptionBody } from '../../wire.ts';
import { countProfiles } from '../imports/bulkImport.ts';
import { noList } from '../lists/readLists.ts';

export const bulkUnsubscribe: Route = {
  operation: 'bulk_unsubscribe_profiles',
  check: unsubscribeBody,
  countItems: countProfiles,
  handle({ world, account, body, nowMs }) {
    const { attributes, relationships } = asChecked<SubscriptionBody>(body).data;
    const listId = relationships?.list?.data.id ?? null;
    if (listId !== null && !account.lists.has(listId)) return noList(listId, '/data/relationships/list/data/id');
    const work = { kind: 'unsubscribe', job: { profiles: attributes.profiles.data, listId } } as const;
    schedule(world, account, { work, dueMs: visibleAt(world, nowMs) });
    return accepted();
  },
};
