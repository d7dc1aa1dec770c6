import { expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/klaviyo/parseRetryAfter.ts';

const now = Date.UTC(2026, 10, 1, 12);

it.each([
  ['seconds', '30', 30_000],
  ['seconds with spaces', ' 30 ', 30_000],
  ['nothing to wait', '0', 0],
  ['a part of a second', '0.5', 500],
  ['a date', 'Sun, 01 Nov 2026 12:00:10 GMT', 10_000],
  ['a date in the past: never negative', 'Sun, 01 Nov 2026 11:00:00 GMT', 0],
  ['negative seconds: never negative', '-5', 0],
  ['a part of a millisecond', '3.0005', 3001],
  ['a century: an hour, and then it is asked again', '4102444800', 3_600_000],
  ['a date far away: an hour', 'Fri, 31 Dec 2099 23:59:59 GMT', 3_600_000],
  ['a number out of all bounds: an hour', '1e300', 3_600_000],
  ['no header', null, undefined],
  ['an empty header', '', undefined],
  ['words', 'soon', undefined],
  ['infinity', 'Infinity', undefined],
])('Retry-After with %s', (_title, header, expected) => {
  expect(parseRetryAfter(header, now)).toBe(expected);
});
