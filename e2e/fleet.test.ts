import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { close, kill } from '../packages/browser-sdk/test/support/reliability/columns.ts';
import { describeSluiceAtProxy } from '../packages/browser-sdk/test/support/reliability/sdk.ts';
import { startSink } from '../packages/browser-sdk/test/support/reliability/startSink.ts';
import { hasChromium, launchChromium } from './support/chromium.ts';
import { WRITE_KEY } from './support/demo.ts';
import { ROOT } from './support/root.ts';
import { useStack } from './support/testStack.ts';
import { waitFor } from './support/waitFor.ts';

const TABS = process.env.SLUICE_TEST_LONG ? 50 : 6;
const EVENTS_EACH = process.env.SLUICE_TEST_LONG ? 200 : 100;
const ALL = TABS * EVENTS_EACH;
const AT_ONCE = 10;

const ENDS: ((page: Page) => Promise<unknown>)[] = [
  close,
  kill,
  (page) => page.evaluate(`location.href = '/elsewhere'`),
  async () => {},
];

const stackNow = useStack();

test.skipIf(!hasChromium('a profile of many tabs'))(
  'what the tabs of one profile have recorded is at Klaviyo once, whichever of them were closed, killed or left',
  { timeout: 300_000 },
  async () => {
    const { stack, proxy, klaviyo, drained } = stackNow();
    const script = readFileSync(join(ROOT, 'packages/browser-sdk/dist/sluice.min.js'), 'utf8');
    const sdk = describeSluiceAtProxy(script, { writeKey: WRITE_KEY, run: 'fleet' });
    const sink = await startSink(sdk, { url: stack.urls.proxy, origin: stack.urls.storefront });
    const browser = await launchChromium();
    onTestFinished(async () => {
      await browser.close();
      await sink.stop();
    });
    const context = await browser.newContext();
    const last = await context.newPage();
    await last.goto(sink.origin);
    const tabs = Array.from({ length: TABS }, (_, at) => at);
    const work = async () => {
      for (let at = tabs.shift(); at !== undefined; at = tabs.shift()) {
        const page = await context.newPage();
        await page.goto(sink.origin);
        await record(page, at);
        await ENDS[at % ENDS.length]?.(page);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // What a tab has written reaches the others' processes a moment later, so it may take more than one look.
    await waitFor('every event at the proxy', {
      look: async () => {
        await look(last);
        return sink.read(ALL);
      },
      isEnough: ({ delivered }) => delivered === ALL,
      timeoutMs: 60_000,
    });
    // What was sent twice comes out of the queue twice.
    await waitFor('every event out of the queue', {
      look: proxy.readTotals,
      isEnough: ({ accepted }) => accepted >= ALL + sink.read(ALL).duplicates,
      timeoutMs: 60_000,
    });
    await drained();

    const steps = (await klaviyo.events()).flatMap(({ properties: { step } }) => step ?? []);
    // A tab that is gone had sent them and heard no answer.
    console.log(`${TABS} tabs, ${ALL} events, ${sink.read(ALL).duplicates} of them sent twice under one id`);
    expect({ held: steps.length, distinct: new Set(steps).size }).toEqual({ held: ALL, distinct: ALL });
  },
);

/** In two breaths, so that a tab ends while it waits, while it sends, and in between. */
async function record(page: Page, tab: number): Promise<void> {
  const half = EVENTS_EACH / 2;
  for (const from of [tab * EVENTS_EACH, tab * EVENTS_EACH + half])
    await page.evaluate(`for (let n = ${from}; n < ${from + half}; n++) fire('evt_' + n + '_'); 0`);
}

/** As when the visitor comes to this tab. */
function look(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange'));
    return new Promise((resolve) => setTimeout(resolve, 100));
  });
}
