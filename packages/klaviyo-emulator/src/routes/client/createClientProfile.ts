import { accepted, type Route } from '../../http/Call.ts';
import { invalid } from '../../http/problem.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { clientProfileBody } from '../../validate/bodies/clientProfile.ts';
import { asChecked, type ProfileBody } from '../../wire.ts';
import { isUnknownExchangeId } from '../events/isUnknownExchangeId.ts';

/** 202 and no body, whatever comes of it: a page must not learn about profiles. */
export const createClientProfile: Route = {
  operation: 'create_client_profile',
  check: clientProfileBody,
  countItems: () => 1,
  handle({ world, account, body, nowMs }) {
    const { data } = asChecked<ProfileBody>(body);
    if (isUnknownExchangeId(account, data)) return invalid('/data/attributes/_kx', 'Invalid or expired exchange id.');
    schedule(world, account, { work: { kind: 'profile', profile: data }, dueMs: visibleAt(world, nowMs) });
    return accepted();
  },
};
