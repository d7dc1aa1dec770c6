import { accepted, type Route } from '../../http/Call.ts';
import { invalid, refuseBody } from '../../http/problem.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { clientSubscriptionBody } from '../../validate/bodies/clientSubscription.ts';
import {
  asChecked,
  type ClientSubscriptionBody,
  type ProfileAttributes,
  type SubscriptionChannels,
} from '../../wire.ts';
import { isUnknownExchangeId } from '../events/isUnknownExchangeId.ts';
import { noList } from '../lists/readLists.ts';
import { findSubscribeIssues } from '../subscriptions/findSubscribeIssues.ts';

const PROFILE = '/data/attributes/profile/data';

export const createClientSubscription: Route = {
  operation: 'create_client_subscription',
  check: clientSubscriptionBody,
  countItems: () => 1,
  handle(call) {
    const { world, account, nowMs } = call;
    const { attributes, relationships } = asChecked<ClientSubscriptionBody>(call.body).data;
    const listId = relationships.list.data.id;
    if (!account.lists.has(listId)) return noList(listId, '/data/relationships/list/data/id');
    const { data } = attributes.profile;
    if (isUnknownExchangeId(account, data))
      return invalid(`${PROFILE}/attributes/_kx`, 'Invalid or expired exchange id.');
    const { subscriptions, ...about } = data.attributes;
    const { email = null, phone_number = null } = about;
    const channels = subscriptions ?? marketingOf(about);
    const entry = { id: data.id ?? null, attributes: { email, phone_number, subscriptions: channels } };
    const issues = findSubscribeIssues(call, entry, PROFILE);
    if (issues.length > 0) return refuseBody(issues);
    // The profile first, so that the consent finds the visitor whom the page knows.
    const job = { profiles: [entry], listId, historical: false, customSource: attributes.custom_source ?? null };
    const dueMs = visibleAt(world, nowMs);
    schedule(world, account, { work: { kind: 'profile', profile: { ...data, attributes: about } }, dueMs });
    schedule(world, account, { work: { kind: 'subscribe', job }, dueMs });
    return accepted();
  },
};

/** Reference, create_client_subscription: without `subscriptions`, marketing on every channel with an identifier. */
function marketingOf({ email, phone_number }: ProfileAttributes): SubscriptionChannels {
  const marketing = { consent: 'SUBSCRIBED' } as const;
  return { ...(email ? { email: { marketing } } : {}), ...(phone_number ? { sms: { marketing } } : {}) };
}
