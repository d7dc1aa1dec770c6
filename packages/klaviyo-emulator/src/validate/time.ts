import { MAX_EVENT_TIME_AHEAD_MS } from '../limits.ts';
import { type Check, complain } from './check.ts';

const DAY_CHARS = 'YYYY-MM-DD'.length;
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

const ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** Milliseconds of an ISO 8601 time, UTC where it names no zone; or undefined. */
export function parseTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || !ISO_8601.test(value)) return undefined;
  // Without a zone it would be the machine's time; a day alone is UTC already.
  const ms = Date.parse(value.length > DAY_CHARS && !ZONE.test(value) ? `${value}Z` : value);
  return Number.isNaN(ms) || !isCalendarDay(value.slice(0, DAY_CHARS)) ? undefined : ms;
}

/** Date.parse takes February 31 for March 3. */
function isCalendarDay(day: string): boolean {
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

export const eventTime: Check = (value, at, on) => {
  const ms = parseTime(value);
  if (ms === undefined) complain(on, at, 'Not a valid ISO 8601 datetime.');
  else if (ms < Date.UTC(on.assume.earliestEventYear, 0, 1))
    complain(on, at, `The time must be after the year ${on.assume.earliestEventYear}.`);
  else if (ms > on.nowMs + MAX_EVENT_TIME_AHEAD_MS) complain(on, at, 'The time must not be more than a year ahead.');
};

export const datetime: Check = (value, at, on) => {
  if (parseTime(value) === undefined) complain(on, at, 'Not a valid ISO 8601 datetime.');
};

export const dateOfBirth: Check = (value, at, on) => {
  const ms = typeof value === 'string' && value.length === DAY_CHARS ? parseTime(value) : undefined;
  if (ms === undefined) complain(on, at, 'Not a valid date (YYYY-MM-DD).');
  else if (ms > on.nowMs) complain(on, at, 'The date of birth must be in the past.');
};
