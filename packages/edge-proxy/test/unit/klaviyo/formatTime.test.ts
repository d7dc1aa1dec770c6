import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatTime } from '../../../src/klaviyo/formatTime.ts';

it('writes every time as toISOString does', () => {
  const times = fc.date({ noInvalidDate: true }).map((date) => date.getTime());
  fc.assert(
    fc.property(fc.array(times), (all) => {
      expect(all.map(formatTime)).toEqual(all.map((ms) => new Date(ms).toISOString()));
    }),
  );
});
