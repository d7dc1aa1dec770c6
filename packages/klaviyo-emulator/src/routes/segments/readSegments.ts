import { ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { presentSegment } from '../../present/presentSegment.ts';
import { readCollection } from '../../read/readCollection.ts';
import type { Segment } from '../../state/types.ts';

const MATCH = ['equals', 'any'];
const PAGE = { size: 10, max: 10 };

export const getSegments: Route = {
  operation: 'get_segments',
  handle(call) {
    const read = readCollection<Segment>(call, {
      rows: [...call.account.segments.values()],
      id: (segment) => segment.id,
      filters: {
        id: { operators: MATCH, read: (segment) => segment.id },
        name: { operators: MATCH, read: (segment) => segment.name },
        created: { operators: ['greater-than'], kind: 'time', read: (segment) => segment.createdMs },
        updated: { operators: ['greater-than'], kind: 'time', read: (segment) => segment.updatedMs },
        // Every segment here is active, and none has a star.
        is_active: { operators: MATCH, kind: 'boolean', read: () => true },
        is_starred: { operators: ['equals'], kind: 'boolean', read: () => false },
      },
      sorts: {
        created: (segment) => segment.createdMs,
        id: (segment) => segment.id,
        name: (segment) => segment.name,
        updated: (segment) => segment.updatedMs,
      },
      page: PAGE,
    });
    return read.ok ? ok({ data: read.rows.map((row) => presentSegment(call, row)), links: read.links }) : read.answer;
  },
};

export const getSegment: Route = {
  operation: 'get_segment',
  handle(call) {
    const segment = call.account.segments.get(call.id);
    if (!segment) return noSegment(call.id);
    return ok({ data: presentSegment(call, segment), links: { self: `${call.origin}${call.path}` } });
  },
};

export const noSegment = (id: string, pointer?: string) => notFound(`A segment with id ${id} does not exist.`, pointer);
