import type { Route } from '../../http/Call.ts';
import { invalid } from '../../http/problem.ts';
import { presentList } from '../../present/presentList.ts';
import { forgetPending } from '../../state/forgetPending.ts';
import { makeShortId } from '../../state/makeId.ts';
import type { List } from '../../state/types.ts';
import { createListBody, updateListBody } from '../../validate/bodies/lists.ts';
import { asChecked, type ListBody } from '../../wire.ts';
import { noList } from './readLists.ts';

const LIST_ID_CHARS = 6;

export const createList: Route = {
  operation: 'create_list',
  check: createListBody,
  handle(call) {
    const { world, account, nowMs } = call;
    const { attributes } = asChecked<ListBody>(call.body).data;
    const list: List = {
      id: makeShortId(world, LIST_ID_CHARS),
      name: attributes.name ?? '',
      // Klaviyo's default for a new list is double opt-in.
      optIn: attributes.opt_in_process ?? 'double_opt_in',
      createdMs: nowMs,
      updatedMs: nowMs,
      members: new Map(),
    };
    account.lists.set(list.id, list);
    world.version += 1;
    const data = presentList(call, list);
    return { status: 201, body: { data, links: { self: data.links.self } } };
  },
};

export const updateList: Route = {
  operation: 'update_list',
  check: updateListBody,
  handle(call) {
    const { data } = asChecked<ListBody>(call.body);
    if (data.id !== call.id) return invalid('/data/id', 'The id of the body and of the path must be the same.');
    const list = call.account.lists.get(call.id);
    if (!list) return noList(call.id);
    list.name = data.attributes.name ?? list.name;
    list.optIn = data.attributes.opt_in_process ?? list.optIn;
    list.updatedMs = call.nowMs;
    call.world.version += 1;
    const shown = presentList(call, list);
    return { status: 200, body: { data: shown, links: { self: shown.links.self } } };
  },
};

export const deleteList: Route = {
  operation: 'delete_list',
  handle({ world, account, id }) {
    if (!account.lists.delete(id)) return noList(id);
    forgetPending(account, id);
    world.version += 1;
    return { status: 204 };
  },
};
