import { type Call, ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { presentEvent, presentMetric } from '../../present/presentEvent.ts';
import { presentProfile } from '../../present/presentProfile.ts';
import type { FilterFields } from '../../read/matchClauses.ts';
import { readCollection } from '../../read/readCollection.ts';
import type { StoredEvent } from '../../state/types.ts';

const RANGE = ['greater-than', 'greater-or-equal', 'less-than', 'less-or-equal'];
const SECOND_MS = 1000;
const PAGE = { size: 200, max: 1000 };

const filters: FilterFields<StoredEvent> = {
  metric_id: { operators: ['equals'], read: (event) => event.metricId },
  profile_id: { operators: ['equals'], read: (event) => event.profileId },
  profile: { operators: ['has'], read: (event) => event.profileId },
  metric: { operators: ['has'], read: (event) => event.metricId },
  datetime: { operators: RANGE, kind: 'time', read: (event) => event.timeMs },
  timestamp: { operators: RANGE, kind: 'number', read: (event) => event.timeMs / SECOND_MS },
};

export const getEvents: Route = {
  operation: 'get_events',
  handle(call) {
    const { account } = call;
    const read = readCollection(call, {
      rows: [...account.events.values()],
      id: (event) => event.id,
      filters,
      sorts: { datetime: (event) => event.timeMs, timestamp: (event) => event.timeMs },
      descendingByDefault: true,
      page: PAGE,
    });
    if (!read.ok) return read.answer;
    const data = read.rows.map((event) => presentEvent(call, event));
    return ok({ data, ...included(call, read.rows), links: read.links });
  },
};

export const getEvent: Route = {
  operation: 'get_event',
  handle(call) {
    const event = call.account.events.get(call.id);
    if (!event) return notFound(`An event with id ${call.id} does not exist.`);
    const links = { self: `${call.origin}${call.path}` };
    return ok({ data: presentEvent(call, event), ...included(call, [event]), links });
  },
};

const includes = (call: Call) => call.query.get('include')?.split(',') ?? [];

/** Each metric and profile of the page once. */
function included(call: Call, events: readonly StoredEvent[]) {
  const wanted = includes(call);
  if (wanted.length === 0) return {};
  const { metrics, profiles } = call.account;
  const unique = (ids: string[]) => [...new Set(ids)];
  const metricIds = wanted.includes('metric') ? unique(events.map((event) => event.metricId)) : [];
  const profileIds = wanted.includes('profile') ? unique(events.map((event) => event.profileId)) : [];
  return {
    included: [
      ...metricIds.flatMap((id) => metrics.get(id) ?? []).map((metric) => presentMetric(call, metric)),
      ...profileIds.flatMap((id) => profiles.get(id) ?? []).map((profile) => presentProfile(call, profile)),
    ],
  };
}
