import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../src/operations.ts';
import { eventBody, PATHS } from './support/bodies.ts';
import { furnish, reopen } from './support/corpus/furnish.ts';
import { arbitrary } from './support/fuzz/arbitrary.ts';
import { damaged } from './support/fuzz/damaged.ts';
import { type Sent, sendable } from './support/fuzz/Sent.ts';
import { loadContract } from './support/loadContract.ts';
import { shapeProblems } from './support/shapeProblems.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const TIMEOUT_MS = LONG ? 900_000 : 120_000;
// Fixed, so that a run can be repeated; a failure prints the seed and the smallest request that fails.
const RUNS = { seed: Number(process.env.SLUICE_TEST_SEED ?? 20_261_123), numRuns: LONG ? 10_000 : 1000 };

const contract = loadContract();
const toRequest = ({ method, path, headers, body }: Sent) =>
  // A view of a buffer of its own is a body; the type also covers shared memory, which is not used here.
  new Request(`https://a.klaviyo.com${path}`, { method, headers, body: (body ?? null) as BodyInit | null });

describe('a malformed request', () => {
  test('has a good example of every operation beside it, which is taken', async () => {
    const { examples, emulator } = await furnish();
    const bodies = examples.flatMap((each) => (each.full ? [each, { ...each, body: each.full }] : [each]));
    const refused: string[] = [];
    for (const example of bodies) {
      const fresh = reopen(structuredClone(emulator.snapshot()));
      const response = await fresh.emulator.fetch(toRequest(sendable(example)));
      if (response.status >= 300) refused.push(`${example.operation}: ${await response.text()}`);
    }
    expect({
      refused,
      undocumented: bodies.flatMap(({ operation, body }) => (body && contract?.request(operation, body)) ?? []),
      missing: Object.keys(OPERATIONS).filter((name) => !examples.some(({ operation }) => operation === name)),
    }).toEqual({ refused: [], undocumented: [], missing: [] });
  });

  test('is refused with an error that says where, and changes nothing', { timeout: TIMEOUT_MS }, async () => {
    const { emulator, examples } = await furnish();
    const before = JSON.stringify(emulator.state());
    const property = fc.asyncProperty(damaged(examples), async (sent) => {
      const response = await emulator.fetch(toRequest(sent));
      const { status } = response;
      const problems = await shapeProblems(response, contract);
      expect([status >= 400 && status < 500 ? 'refused' : status, problems]).toEqual(['refused', []]);
      expect(JSON.stringify(emulator.state())).toBe(before);
    });
    await fc.assert(property, RUNS);
  });

  test('of any kind gets an answer that is documented, and the next one is served', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { emulator: furnished, examples } = await furnish();
    const snapshot = JSON.stringify(furnished.snapshot());
    const requests = fc.array(arbitrary(examples), { minLength: 1, maxLength: 3 });
    const property = fc.asyncProperty(requests, async (sequence) => {
      const { emulator, send } = reopen(JSON.parse(snapshot));
      for (const sent of sequence) {
        const response = await emulator.fetch(toRequest(sent));
        if (sent.method === 'HEAD') expect(response.status).toBeLessThan(500);
        else expect(await shapeProblems(response, contract)).toEqual([]);
      }
      const good = await send('POST', PATHS.event, eventBody({ unique_id: 'the last one' }));
      const { events } = emulator.state();
      const control = await send('GET', '/__emulator/requests');
      expect([good.status, control.status, events.at(-1)?.unique_id]).toEqual([202, 200, 'the last one']);
      expect(JSON.parse(JSON.stringify(emulator.snapshot()))).toEqual(emulator.snapshot());
    });
    await fc.assert(property, RUNS);
  });
});
