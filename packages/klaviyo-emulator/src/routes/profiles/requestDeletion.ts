import { accepted, type Route } from '../../http/Call.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { deletionBody } from '../../validate/bodies/deletion.ts';
import { asChecked, type DeletionBody } from '../../wire.ts';

export const requestDeletion: Route = {
  operation: 'request_profile_deletion',
  check: deletionBody,
  countItems: () => 1,
  handle({ world, account, body, nowMs }) {
    const { id, attributes } = asChecked<DeletionBody>(body).data.attributes.profile.data;
    const dueMs = visibleAt(world, nowMs);
    const { email, phone_number } = attributes;
    const work = { kind: 'erase', id: id ?? null, email: email ?? null, phoneNumber: phone_number ?? null } as const;
    schedule(world, account, { work, dueMs });
    return accepted();
  },
};
