import { ConfigSchema } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { isOldEnough } from '../../../src/lists/abuse/isOldEnough.ts';

const NOON = Date.UTC(2026, 10, 27, 12);
type Ages = number | null | Record<string, number>;

function may(minimumAge: Ages, dateOfBirth: string | undefined, country?: string, receivedAtMs = NOON): boolean {
  const config = ConfigSchema.parse({ sources: [{ id: 'backend', kind: 'server' }], signUps: { minimumAge } });
  return isOldEnough(dateOfBirth, country, { config, receivedAtMs });
}

describe('an age', () => {
  it.each<[string, boolean, boolean]>([
    ['is not asked for by default', may(null, undefined), true],
    ['is asked for where it is set', may(18, undefined), false],
    ['is reached on the birthday', may(18, '2008-11-27'), true],
    ['is not reached on the day before', may(18, '2008-11-28'), false],
    ['is not reached while that day has not begun everywhere', may(18, '2008-11-27', 'US', NOON - 1), false],
    ['is reached in March by who was born on 29 February', may(18, '2008-02-29', 'US', Date.UTC(2026, 2, 1, 12)), true],
    ['is not reached by then in February', may(18, '2008-02-29', 'US', Date.UTC(2026, 1, 28, 12)), false],
    ['is not told by a day that there is not', may(18, '2000-02-31'), false],
    ['is not told by a month that there is not', may(18, '2000-13-01'), false],
    ['is not told by a year long gone', may(18, '0001-01-01'), false],
    ['is not told by a day to come', may(18, '2999-01-01'), false],
    ['may be a country’s own', may({ US: 21, else: 18 }, '2006-01-01', 'US'), false],
    ['is that of the others elsewhere', may({ US: 21, else: 18 }, '2006-01-01', 'DE'), true],
    ['is asked for nowhere else without one', may({ US: 21 }, undefined, 'DE'), true],
    ['is the highest where the country is not known', may({ US: 21, else: 18 }, '2006-01-01'), false],
    ['of no country is none', may({}, undefined), true],
  ])('%s', (_title, found, expected) => {
    expect(found).toBe(expected);
  });
});
