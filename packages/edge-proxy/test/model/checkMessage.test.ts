import { checkMessage, isJsonObject, MessageSchema } from '@sluice/shared';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyMessage } from './support/anyMessage.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const RUNS = { seed: Number(process.env.SLUICE_TEST_SEED ?? 20_261_123), numRuns: LONG ? 100_000 : 5000 };

it('the quick check of a message says what the schema says, or leaves it to the schema', () => {
  let checked = 0;
  fc.assert(
    fc.property(anyMessage, (text) => {
      const raw: unknown = JSON.parse(text);
      const quick = isJsonObject(raw) ? checkMessage(raw) : undefined;
      if (!quick) return;
      checked += 1;
      const { success, data } = MessageSchema.safeParse(raw);
      expect([success, data]).toEqual([true, quick]);
    }),
    RUNS,
  );
  // Else it would only show that the quick check leaves everything to the schema.
  expect(checked).toBeGreaterThan(RUNS.numRuns / 2);
});
