import { isInstant } from '@sluice/shared';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseInstant } from '../../../src/ingest/parseInstant.ts';

it('is Date.parse, for whatever a message may say', () => {
  const moments = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const digit = fc.integer({ min: 0, max: 9 }).map(String);
  // Of the same form, and mostly of no day or hour that there is.
  const digits = fc
    .array(digit, { minLength: 17, maxLength: 17 })
    .map((d) => 'dddd-dd-ddTdd:dd:dd.dddZ'.replaceAll('d', () => d.pop() ?? ''));
  const midnight = fc.constantFrom(
    '2026-11-23T24:00:00.000Z',
    '2026-11-23',
    '2026-11-23T10:00:00+02:00',
    '23 Nov 2026',
  );
  const texts = fc.oneof(moments, digits, midnight).filter(isInstant);
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      expect([one, other, one].map(parseInstant)).toEqual([one, other, one].map((text) => Date.parse(text)));
    }),
    { numRuns: 2000 },
  );
});
