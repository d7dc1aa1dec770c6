import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyMessage } from './support/anyMessage.ts';
import { HostileTraffic, type Posted } from './support/HostileTraffic.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const MESSAGES = LONG ? 100_000 : 10_000;
const MESSAGES_PER_RUN = 100;
const TIMEOUT_MS = LONG ? 1_800_000 : 120_000;

const requests: fc.Arbitrary<Posted[]> = fc.array(
  fc.record({
    messages: fc.array(anyMessage, { minLength: MESSAGES_PER_RUN / 4, maxLength: MESSAGES_PER_RUN / 4 }),
    key: fc.constantFrom('wk_page', 'sk_backend'),
  }),
  { minLength: 4, maxLength: 4 },
);

it('whatever a client sends is taken or refused with a reason, and makes no request that Klaviyo would not take', {
  timeout: TIMEOUT_MS,
}, async () => {
  let messages = 0;
  let accepted = 0;
  let delivered = 0;
  await fc.assert(
    fc.asyncProperty(requests, async (posted) => {
      const traffic = new HostileTraffic();
      const result = await traffic.carry(posted);
      expect(result.problems).toEqual([]);
      messages += result.messages;
      accepted += result.accepted;
      delivered += result.delivered;
    }),
    { seed: Number(process.env.SLUICE_TEST_SEED ?? 20_261_123), numRuns: MESSAGES / MESSAGES_PER_RUN },
  );

  // Else the test would only show that the door refuses.
  expect([messages >= MESSAGES, accepted > MESSAGES / 2, delivered > MESSAGES / 2]).toEqual([true, true, true]);
});
