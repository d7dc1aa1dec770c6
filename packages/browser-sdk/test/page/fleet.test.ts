import type { Page } from 'playwright-core';
import { expect, inject, it, onTestFinished } from 'vitest';
import { close, kill } from '../support/reliability/columns.ts';
import { describeSluice } from '../support/reliability/sdk.ts';
import { startSink } from '../support/reliability/startSink.ts';
import { browserNow, setHidden, useChromium } from '../support/visitShop.ts';

useChromium();

const TABS = process.env.SLUICE_TEST_LONG ? 50 : 6;
const EVENTS_EACH = process.env.SLUICE_TEST_LONG ? 200 : 100;
const AT_ONCE = 10;

const ENDS: ((page: Page) => Promise<unknown>)[] = [
  close,
  kill,
  (page) => page.evaluate(`location.href = '/elsewhere'`),
  async () => {},
];

it('delivers what the tabs of one profile have recorded, whichever of them are closed, killed or left', {
  timeout: 300_000,
}, async () => {
  const sink = await startSink(describeSluice(inject('bundles')['sluice.min.js'] ?? ''));
  const context = await browserNow().newContext();
  onTestFinished(async () => {
    await context.close();
    await sink.stop();
  });
  const last = await context.newPage();
  await last.goto(sink.origin);
  const tabs = Array.from({ length: TABS }, (_, at) => at);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let at = tabs.shift(); at !== undefined; at = tabs.shift()) {
        const page = await context.newPage();
        await page.goto(sink.origin);
        // In two breaths, so that a tab ends while it waits, while it sends, and in between.
        for (const half of [0, 1])
          await page.evaluate(
            `for (let n = 0; n < ${EVENTS_EACH / 2}; n++) fire('evt_' + (${at * EVENTS_EACH + (half * EVENTS_EACH) / 2} + n) + '_'); 0`,
          );
        await ENDS[at % ENDS.length]?.(page);
      }
    }),
  );
  // What a tab has written reaches the others' processes a moment later, so it may take more than one look.
  const all = TABS * EVENTS_EACH;
  while (sink.read(all).delivered < all) {
    await setHidden(last, false);
    await last.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  }
  const { delivered, duplicates } = sink.read(all);
  console.log(`${TABS} tabs, ${delivered} events, ${duplicates} of them sent twice under one id`);
  // Twice only what a killed tab had sent and heard no answer to; the proxy knows it by its id.
  expect({ delivered, areFewTwice: duplicates <= (all * 2) / ENDS.length }).toEqual({
    delivered: all,
    areFewTwice: true,
  });
});
