import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { Sdk } from './sdk.ts';
import { startSink } from './startSink.ts';

/** What an SDK costs a page: milliseconds, and what travels for 100 events. */
export interface Cost {
  evaluateMs: number;
  trackMs: number;
  /** Of 100 writes to localStorage, each as long as what the SDK stored for one event; 0 where it stored nothing so. */
  setItemMs: number;
  /** The main thread's work from the first call until everything has arrived. */
  taskMs: number;
  requests: number;
  bytes: number;
}

const EVENTS = 100;
const PATIENCE_MS = 15_000;
const QUIET_MS = 1500;

/** One page of its own: evaluates the script, records 100 events in one loop, waits until they have arrived. */
export async function measureCost(browser: Browser, sdk: Sdk): Promise<Cost> {
  const sink = await startSink(sdk);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${sink.origin}/elsewhere`);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const readTaskMs = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
    };
    const evaluateMs = (await page.evaluate((script) => {
      const from = performance.now();
      // biome-ignore lint/security/noGlobalEval: what a script tag does, but timed.
      // biome-ignore lint/complexity/noCommaOperator: in the global scope.
      (0, eval)(script);
      return performance.now() - from;
    }, sdk.script)) as number;
    await page.evaluate(`const endpoint = '${sink.endpoint}'; self.fire = (name) => { ${sdk.track} }; ${sdk.start}; 0`);
    await sleep(QUIET_MS);
    const before = sink.read(EVENTS);
    const taskMsBefore = await readTaskMs();
    const { trackMs, setItemMs } = (await page.evaluate(`(() => {
      const from = performance.now();
      for (let n = 0; n < ${EVENTS}; n++) fire('evt_' + n + '_');
      const trackMs = performance.now() - from;
      const sizes = Object.values({ ...localStorage }).filter((text) => /evt_\\d+_/.test(text)).map((text) => text.length);
      if (sizes.length < ${EVENTS}) return { trackMs, setItemMs: 0 };
      const again = performance.now();
      sizes.forEach((size, n) => localStorage.setItem('bench' + n, 'x'.repeat(size)));
      const setItemMs = performance.now() - again;
      sizes.forEach((_, n) => localStorage.removeItem('bench' + n));
      return { trackMs, setItemMs };
    })()`)) as { trackMs: number; setItemMs: number };
    for (let waitedMs = 0; waitedMs < PATIENCE_MS && sink.read(EVENTS).delivered < EVENTS; waitedMs += 100)
      await sleep(100);
    await sleep(QUIET_MS);
    const after = sink.read(EVENTS);
    return {
      evaluateMs,
      trackMs,
      setItemMs,
      // The comparison with setItem is the bench's own work.
      taskMs: (await readTaskMs()) - taskMsBefore - setItemMs,
      requests: after.requests - before.requests,
      bytes: after.bytes - before.bytes,
    };
  } finally {
    await context.close();
    await sink.stop();
  }
}
