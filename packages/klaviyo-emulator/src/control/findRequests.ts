import { OPERATIONS } from '../operations.ts';
import { fields, takes } from '../settings/shapes.ts';
import type { ControlRead } from './post.ts';
import { readAs } from './readAs.ts';
import type { LoggedRequest } from './requestLog.ts';

const whole = takes<string>('a whole number of 0 or more', (value) => /^\d{1,15}$/.test(String(value)));
const operation = takes<string>("an operation id such as 'create_event'", (value) =>
  Object.hasOwn(OPERATIONS, String(value)),
);
const SHAPE = fields<{ since?: string; id?: string; limit?: string; operation?: string }>({
  since: whole,
  id: whole,
  limit: whole,
  operation,
});

/** The newest `limit` of the requests that the query asks for, oldest first. */
export function findRequests(
  requests: readonly LoggedRequest[],
  query: Record<string, string>,
): ControlRead<LoggedRequest[]> {
  const read = readAs(SHAPE, query);
  if (!read.ok) return read;
  const wanted = read.value;
  const found = requests.filter(
    (entry) =>
      entry.id > Number(wanted.since ?? 0) &&
      (wanted.id === undefined || entry.id === Number(wanted.id)) &&
      (wanted.operation === undefined || entry.operation === wanted.operation),
  );
  const skipped = Math.max(0, found.length - Number(wanted.limit ?? found.length));
  return { ok: true, value: found.slice(skipped) };
}
