import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Sdk } from './sdk.ts';
import { type Relay, type Sink, startSink } from './startSink.ts';

/** What one run of a column saw. `after`: once the visitor was back and had looked at a page. */
export interface Outcome extends Arrived {
  after?: Arrived;
}

/** Events that arrived, how many times too often, and how many of them under more than one message id. */
interface Arrived {
  delivered: number;
  duplicates: number;
  renamed: number;
}

interface Visit {
  context: BrowserContext;
  page: Page;
  sink: Sink;
  events: number;
  /** How long what must come may take. */
  patienceMs: number;
}

const POLL_MS = 100;
/** For what would still come, or come twice. */
const QUIET_MS = 1000;
/** How long the visitor is away: enough for what was sent to arrive, on a busy machine too. */
const GONE_MS = 5000;
const OFFLINE_MS = 5000;
const FAILING_MS = 3000;

/** What happens to a visitor who has just done so many things in one breath. */
export const COLUMNS: Record<string, (visit: Visit) => Promise<Outcome>> = {
  async close(visit) {
    // The tab that keeps the browser's process for this visitor.
    await visit.context.newPage();
    await fire(visit);
    await close(visit.page);
    return comeBack(visit);
  },
  async navigate(visit) {
    await fire(visit, `location.href = '/elsewhere'`);
    return comeBack(visit);
  },
  async 'hidden, then killed'(visit) {
    await fire(visit, HIDE);
    await sleep(QUIET_MS / 2);
    await kill(visit.page);
    return comeBack(visit);
  },
  async 'offline 5 s'(visit) {
    await visit.context.setOffline(true);
    await fire(visit);
    await sleep(OFFLINE_MS);
    await visit.context.setOffline(false);
    return untilAll(visit);
  },
  async 'offline, reopen'(visit) {
    await visit.context.newPage();
    await visit.context.setOffline(true);
    await fire(visit);
    await sleep(QUIET_MS / 2);
    await close(visit.page);
    // A visitor takes longer; opened within milliseconds, a page may not yet see what the closing one has written.
    await sleep(QUIET_MS);
    await visit.context.setOffline(false);
    const page = await visit.context.newPage();
    await page.goto(visit.sink.origin);
    return untilAll(visit);
  },
  '500 for 3 s': (visit) => failing(visit, 500),
  '429 for 3 s': (visit) => failing(visit, 429),
  async 'answer lost'(visit) {
    visit.sink.fail('lost');
    await fire(visit);
    const { delivered } = await untilAll(visit);
    // The repetition, which is right here, has come when something came twice and it is quiet.
    await until(visit, () => visit.sink.read(visit.events).duplicates >= visit.events);
    return { ...visit.sink.read(visit.events), delivered };
  },
};

const HIDE = `
  Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
`;

/** One run of one column in a profile of its own. */
export async function runColumn(
  browser: Browser,
  sdk: Sdk,
  column: string,
  { events = 100, patienceMs = 15_000, relay }: { events?: number; patienceMs?: number; relay?: Relay } = {},
): Promise<Outcome> {
  const sink = await startSink(sdk, relay);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(sink.origin);
    // Whatever an SDK asks for before it records.
    await sleep(QUIET_MS);
    return await (COLUMNS[column] as (visit: Visit) => Promise<Outcome>)({ context, page, sink, events, patienceMs });
  } finally {
    await context.close();
    await sink.stop();
  }
}

/** Records all events in one task, and does what follows in the same one. */
async function fire({ page, events }: Visit, then = ''): Promise<void> {
  await page.evaluate(`for (let n = 0; n < ${events}; n++) fire('evt_' + n + '_'); ${then}; 0`);
}

/** As a visitor closes a tab: its handlers run. */
export async function close(page: Page): Promise<void> {
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
}

export async function kill(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = new Promise<void>((resolve) => page.once('crash', () => resolve()));
  session.send('Page.crash').catch(() => {});
  await crashed;
}

async function until({ patienceMs }: Visit, isEnough: () => boolean): Promise<void> {
  for (let waitedMs = 0; waitedMs < patienceMs && !isEnough(); waitedMs += POLL_MS) await sleep(POLL_MS);
  await sleep(QUIET_MS);
}

async function untilAll(visit: Visit): Promise<Outcome> {
  await until(visit, () => visit.sink.read(visit.events).delivered === visit.events);
  return visit.sink.read(visit.events);
}

async function failing(visit: Visit, status: 500 | 429): Promise<Outcome> {
  visit.sink.fail(status);
  await fire(visit);
  await sleep(FAILING_MS);
  visit.sink.fail('ok');
  return untilAll(visit);
}

/** What has arrived with the visitor gone; then they look at another page, which records that. */
async function comeBack(visit: Visit): Promise<Outcome> {
  await until({ ...visit, patienceMs: GONE_MS }, () => visit.sink.read(visit.events).delivered === visit.events);
  const arrived = visit.sink.read(visit.events);
  const page = await visit.context.newPage();
  await page.goto(visit.sink.origin);
  await page.evaluate(`fire('back again')`);
  return { ...arrived, after: await untilAll(visit) };
}
