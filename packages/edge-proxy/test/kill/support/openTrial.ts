import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../../../../e2e/support/waitFor.ts';
import type { EventItem } from '../../../src/map/item.ts';
import type { Kill } from './drawKills.ts';
import { KlaviyoServer } from './KlaviyoServer.ts';
import { MortalWorker } from './MortalWorker.ts';

/** Calls that a kill cut off count against the limits for 16 s, and may hold up all others until then. */
const DEADLINE_MS = 60_000;
const MAX_SHOWN = 10;

export type Trial = Awaited<ReturnType<typeof openTrial>>;

/** A Dispatcher on a disk of its own, and a Klaviyo that does not answer before it opens. */
export async function openTrial(options: { seed: number; limitScale: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-kill-'));
  const klaviyo = new KlaviyoServer(options);
  const worker = new MortalWorker(folder, {
    accounts: { main: { baseUrl: await klaviyo.listen() } },
    sources: [{ id: 'backend', kind: 'server' }],
    delivery: { maxWaitMs: 100 },
  });
  await worker.create();

  const until = async (what: string, isSo: () => boolean | Promise<boolean>) => {
    const look = async () => ({ isSo: await isSo(), arrived: klaviyo.arrived.size, log: worker.log });
    await waitFor(`${what} (SLUICE_TEST_SEED=${options.seed})`, {
      look,
      isEnough: (now) => now.isSo,
      timeoutMs: DEADLINE_MS,
    });
  };

  return {
    klaviyo,
    worker,
    until,
    /** The worker dies in the middle of a call; with a taken one before it can know, otherwise a moment later. */
    dieInCall({ after, moment, delayMs }: Kill): void {
      const kill = () => worker.kill();
      klaviyo.watch({ moment, arrived: after, act: moment === 'taken' ? kill : () => setTimeout(kill, delayMs) });
    },
    /** Items by their outcome, once none waits. */
    async drained(): Promise<Record<string, number>> {
      await until('an empty outbox', async () => Object.values((await worker.figures()).waiting).every((n) => n === 0));
      const { counts } = await worker.figures();
      return Object.fromEntries(counts.map(({ outcome, n }) => [outcome, n]));
    },
    /** What Klaviyo holds beside what it should, and what it said of the calls. */
    compare(items: readonly EventItem[]) {
      const { events } = klaviyo.emulator.state();
      const due = new Set(items.map(({ metric, uniqueId }) => `${metric} ${uniqueId}`));
      const held = Map.groupBy(events, ({ metric, unique_id }) => `${metric} ${unique_id}`);
      const names = [...held.keys()];
      return {
        missing: [...due].filter((name) => !held.has(name)).slice(0, MAX_SHOWN),
        twice: names.filter((name) => held.get(name)?.length !== 1).slice(0, MAX_SHOWN),
        uncalledFor: names.filter((name) => !due.has(name)).slice(0, MAX_SHOWN),
        statuses: [...new Set(klaviyo.emulator.requests().map(({ operation, status }) => `${operation} ${status}`))],
      };
    },
    async end(): Promise<void> {
      worker.kill();
      klaviyo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
