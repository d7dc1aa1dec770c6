import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext } from 'playwright-core';
import type { Sdk } from './sdk.ts';
import { startSink } from './startSink.ts';

/** What an SDK costs a page: milliseconds, and what travels for 100 events. */
export interface Cost {
  evaluateMs: number;
  trackMs: number;
  /** Of 100 writes to localStorage, each as long as what the SDK stored for one event; 0 where it stores otherwise. */
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
    const { trackMs, sizes } = (await page.evaluate(`(() => {
      const from = performance.now();
      for (let n = 0; n < ${EVENTS}; n++) fire('evt_' + n + '_');
      const trackMs = performance.now() - from;
      const texts = Object.values({ ...localStorage });
      return { trackMs, sizes: texts.filter((text) => /evt_\\d+_/.test(text)).map((text) => text.length) };
    })()`)) as { trackMs: number; sizes: number[] };
    for (let waitedMs = 0; waitedMs < PATIENCE_MS && sink.read(EVENTS).delivered < EVENTS; waitedMs += 100)
      await sleep(100);
    await sleep(QUIET_MS);
    const after = sink.read(EVENTS);
    const taskMs = (await readTaskMs()) - taskMsBefore;
    return {
      evaluateMs,
      trackMs,
      setItemMs: sizes.length === EVENTS ? await measureSetItem(context, sink.origin, sizes) : 0,
      taskMs,
      requests: after.requests - before.requests,
      bytes: after.bytes - before.bytes,
    };
  } finally {
    await context.close();
    await sink.stop();
  }
}

/** The same writes in a page that has written nothing yet, as the SDK's had not. */
async function measureSetItem(context: BrowserContext, origin: string, sizes: number[]): Promise<number> {
  const page = await context.newPage();
  await page.goto(`${origin}/elsewhere`);
  await sleep(QUIET_MS);
  return page.evaluate((lengths) => {
    const texts = lengths.map((length) => 'x'.repeat(length));
    const from = performance.now();
    for (const [n, text] of texts.entries()) localStorage.setItem(`bench${n}`, text);
    return performance.now() - from;
  }, sizes);
}
