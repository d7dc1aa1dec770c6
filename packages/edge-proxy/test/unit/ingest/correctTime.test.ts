import { expect, it } from 'vitest';
import { correctTime } from '../../../src/ingest/correctTime.ts';

const received = Date.UTC(2026, 10, 1, 12);
const at = (offsetMs: number) => new Date(received + offsetMs).toISOString();
const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

it.each([
  ['a right clock', at(-5 * MINUTE), at(0), received - 5 * MINUTE],
  ['a clock a year behind', at(-YEAR - 5 * MINUTE), at(-YEAR), received - 5 * MINUTE],
  ['a clock a year ahead', at(YEAR - 5 * MINUTE), at(YEAR), received - 5 * MINUTE],
  ['no time of sending: the time as it is', at(-5 * MINUTE), undefined, received - 5 * MINUTE],
  ['no time of sending and a clock ahead: never in the future', at(YEAR), null, received],
  ['a time after its own sending: never in the future', at(MINUTE), at(0), received],
  ['no time at all: now', undefined, at(-YEAR), received],
  ['null: now', null, at(0), received],
  ['before the year 2000: the year 2000', '1970-01-01T00:00:00Z', undefined, Date.UTC(2000, 0, 1)],
  ['years out of any calendar', '-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', Date.UTC(2000, 0, 1)],
])('%s', (_title, timestamp, sentAt, expected) => {
  expect(correctTime(timestamp, sentAt ? Date.parse(sentAt) : undefined, received)).toBe(expected);
});
