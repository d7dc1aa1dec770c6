import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSpool } from '../../src/node/spool/createSpool.ts';
import { describeSelf, FREE, nameSegment, parseName } from '../../src/node/spool/owner.ts';
import type { Store } from '../../src/types.ts';
import { createSink, type Fault } from '../support/createSink.ts';
import { openSluice } from '../support/openSluice.ts';
import { serve } from '../support/serve.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
/** Beyond Linux's largest pid, so that it is nobody's: an instance that crashed here left a process that is gone. */
const NOBODY = 5_000_000;

type Step =
  | { do: 'track' | 'decide'; who: 0 | 1; count: number; size: number }
  | { do: 'fault'; faults: Fault[] }
  | { do: 'turn' }
  | { do: 'flush' | 'close' | 'crash'; who: 0 | 1 };

const who = fc.constantFrom<0 | 1>(0, 1);
const fault = fc.constantFrom<Fault>(500, 503, 429, 408, { status: 429, retryAfter: '0' }, 'reset', 'lost', 'cut');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('track' as const),
      who,
      count: fc.integer({ min: 1, max: 30 }),
      size: fc.integer({ min: 0, max: 3000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      who,
      count: fc.integer({ min: 1, max: 3 }),
      size: fc.constant(0),
    }),
  },
  // Five in a row would open the circuit, which then waits for a second of real time.
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('flush' as const, 'close' as const, 'crash' as const), who }),
  },
);

/** An instance that can die: from then on its files and its requests are as a dead process leaves them. */
function openMortal(dir: string, url: string) {
  const self = describeSelf();
  const spool = createSpool({ dir }, self);
  let isDead = false;
  const store: Store = {
    append: (kind, text) => (isDead ? -1 : spool.append(kind, text)),
    settle: (numbers) => (isDead ? undefined : spool.settle(numbers)),
    search: () => spool.search(),
    adopt: (room) => (isDead ? [] : spool.adopt(room)),
    close: () => (isDead ? undefined : spool.close()),
  };
  const opened = openSluice(
    {
      endpoint: url,
      flushAt: 10,
      flushIntervalMs: 5,
      maxBatchBytes: 20_000,
      fetch: (to, init) => (isDead ? new Promise(() => {}) : fetch(to, init)),
    },
    { store, random: () => 0 },
  );
  return {
    ...opened,
    crash() {
      isDead = true;
      void opened.sluice.close({ timeoutMs: 0 });
      const dead = { ...self, pid: NOBODY };
      for (const name of readdirSync(dir)) {
        const owner = parseName(name);
        if (owner !== FREE && owner?.random === self.random)
          renameSync(join(dir, name), join(dir, nameSegment(dead, Number(name.match(/-(\d+)\.spool$/)?.[1]))));
      }
    },
  };
}

test('keeps every event exactly once through any interleaving of track, failures, flush, close and crash', {
  timeout: LONG ? 600_000 : 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 40 }), async (steps) => {
      const dir = mkdtempSync(join(tmpdir(), 'sluice-queue-'));
      const sink = createSink();
      const served = await serve(sink);
      const tracked = new Set<string>();
      const told: string[] = [];
      const open = () => {
        const opened = openMortal(dir, served.url);
        opened.sluice.on('delivered', ({ messageId }) => told.push(messageId));
        return opened;
      };
      const processes = [open(), open()];
      let n = 0;
      for (const step of steps) {
        if (step.do === 'fault') sink.faults.push(...step.faults.slice(0, 4 - sink.faults.length));
        else if (step.do === 'turn') await new Promise((resolve) => setTimeout(resolve, 2));
        else {
          const { sluice, crash } = processes[step.who] as ReturnType<typeof open>;
          if (step.do === 'track')
            for (let i = 0; i < step.count; i++) {
              const messageId = `id-${n++}`;
              tracked.add(messageId);
              void sluice.track(
                'Order Completed',
                { order_id: messageId, note: 'ß'.repeat(step.size) },
                { messageId, userId: 'u' },
              );
            }
          else if (step.do === 'decide') {
            const messageId = `id-${n++}`;
            tracked.add(messageId);
            void sluice.unsubscribe({ email: 'ada@example.com', messageId });
          } else if (step.do === 'flush') await sluice.flush({ timeoutMs: 5000 });
          else {
            if (step.do === 'close') await sluice.close({ timeoutMs: 5000 });
            else crash();
            processes[step.who] = open();
          }
        }
      }
      sink.faults.length = 0;
      for (const { sluice } of processes) await sluice.close();
      const last = open();
      await last.sluice.close();
      await served.close();
      const left = readdirSync(dir);
      rmSync(dir, { recursive: true });
      expect({
        missing: [...tracked].filter((id) => !sink.stored.has(id)),
        invented: [...sink.stored.keys()].filter((id) => !tracked.has(id)),
        problems: sink.problems,
        toldTwice: told.length - new Set(told).size > sink.repeated,
        left,
      }).toEqual({ missing: [], invented: [], problems: [], toldTwice: false, left: [] });
    }),
    { numRuns: LONG ? 2000 : 100, ...(process.env.SLUICE_TEST_SEED && { seed: Number(process.env.SLUICE_TEST_SEED) }) },
  );
});
