import type { Answer, Call, Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import type { List } from '../../state/types.ts';
import { dig } from '../../validate/bodies/bulkEvents.ts';
import { membersBody } from '../../validate/bodies/lists.ts';
import { asChecked, type MemberBody } from '../../wire.ts';
import { noList } from './readLists.ts';

/** Adds or removes profiles by id. Neither touches consent. */
function changeMembers(call: Call, change: (list: List, id: string) => void): Answer {
  const list = call.account.lists.get(call.id);
  if (!list) return noList(call.id);
  const ids = asChecked<MemberBody>(call.body).data.map(({ id }) => id);
  const unknown = ids.filter((id) => !call.account.profiles.has(id));
  // Klaviyo's answer points at /data/ and names the ids in the text only.
  if (unknown.length > 0) return notFound(`Profiles with these ids do not exist: ${unknown.join(', ')}.`, '/data/');
  for (const id of ids) change(list, id);
  list.updatedMs = call.nowMs;
  call.world.version += 1;
  return { status: 204 };
}

const countItems = (body: unknown) => {
  const ids = dig(body, ['data']);
  return Array.isArray(ids) ? ids.length : 0;
};

export const addProfilesToList: Route = {
  operation: 'add_profiles_to_list',
  check: membersBody,
  countItems,
  handle: (call) =>
    changeMembers(call, (list, id) => {
      if (!list.members.has(id)) list.members.set(id, call.nowMs);
    }),
};

export const removeProfilesFromList: Route = {
  operation: 'remove_profiles_from_list',
  check: membersBody,
  countItems,
  handle: (call) => changeMembers(call, (list, id) => list.members.delete(id)),
};
