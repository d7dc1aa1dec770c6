import { ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { presentList } from '../../present/presentList.ts';
import { readCollection } from '../../read/readCollection.ts';
import type { List } from '../../state/types.ts';

const MATCH = ['equals', 'any'];
const PAGE = { size: 10, max: 10 };

export const getLists: Route = {
  operation: 'get_lists',
  handle(call) {
    const read = readCollection<List>(call, {
      rows: [...call.account.lists.values()],
      id: (list) => list.id,
      filters: {
        id: { operators: MATCH, read: (list) => list.id },
        name: { operators: MATCH, read: (list) => list.name },
        created: { operators: ['greater-than'], kind: 'time', read: (list) => list.createdMs },
        updated: { operators: ['greater-than'], kind: 'time', read: (list) => list.updatedMs },
      },
      sorts: {
        created: (list) => list.createdMs,
        id: (list) => list.id,
        name: (list) => list.name,
        updated: (list) => list.updatedMs,
      },
      page: PAGE,
    });
    return read.ok ? ok({ data: read.rows.map((list) => presentList(call, list)), links: read.links }) : read.answer;
  },
};

export const getList: Route = {
  operation: 'get_list',
  handle(call) {
    const list = call.account.lists.get(call.id);
    if (!list) return noList(call.id);
    return ok({ data: presentList(call, list), links: { self: `${call.origin}${call.path}` } });
  },
};

export const noList = (id: string, pointer?: string) => notFound(`A list with id ${id} does not exist.`, pointer);
