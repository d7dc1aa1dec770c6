import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Rudder from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { createSluice } from '@sluice/node';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { visitBySegmentPage, visitBySluice } from './support/browserSdks.ts';
import { hasChromium, launchChromium } from './support/chromium.ts';
import { MAIL_DOMAIN, SECRET_KEY } from './support/demo.ts';
import { useStack } from './support/testStack.ts';
import { countEvents, type Trace, traceOf } from './support/traceOf.ts';
import { EVENTS_OF_VISIT, ORDER_OF_VISIT, type Visit, visitOf } from './support/visit.ts';
import { waitFor } from './support/waitFor.ts';

const stackNow = useStack();
const inChromium = hasChromium("Segment's browser SDK");

/** What the SDKs were answered, and what of Klaviyo's then came of each, by the name of its run. */
const answers: Record<string, unknown[]> = {};
const traces: Record<string, Trace> = {};

beforeAll(async () => {
  const { klaviyo, drained } = stackNow();
  const runs = { plain, 'segment-node': bySegment, 'rudder-node': byRudder, ...(inChromium && BROWSERS) };
  const names = Object.keys(runs);
  await Promise.all(
    Object.entries(runs).map(async ([run, visit]) => {
      answers[run] = await visit(visitOf(run));
    }),
  );
  for (const run of names) {
    const look = () => countEvents(run, klaviyo);
    await waitFor(`the events of ${run}`, { look, isEnough: (count) => count >= EVENTS_OF_VISIT });
  }
  await drained();
  for (const run of names) traces[run] = await traceOf(run, klaviyo);
});

test('a visit that a plain request tells of is one profile and its events', () => {
  const { profiles = [], events = [] } = traces.plain ?? {};
  const [{ email, first_name, last_name, properties } = {}, ...others] = profiles;
  const brief = events.map(({ metric, uniqueId, value, currency }) => [metric, uniqueId, value, currency]);
  expect({ email, name: [first_name, last_name], properties, others, brief }).toEqual({
    email: `<run>${MAIL_DOMAIN}`,
    name: ['Grace', 'Hopper'],
    properties: { plan: 'gold' },
    others: [],
    brief: [
      ['Added to Cart', '<message id>', 30, 'EUR'],
      ...ORDER_OF_VISIT,
      ['Viewed Page', '<message id>', undefined, undefined],
      ['Viewed Product', '<message id>', 15, 'EUR'],
    ],
  });
});

describe.each([
  ["Segment's Node SDK", 'segment-node', [202]],
  // It tells of errors alone.
  ["RudderStack's Node SDK", 'rudder-node', []],
])('%s, with nothing changed but its address', (_name, run, answer) => {
  test('causes in Klaviyo what a plain request of the same messages causes', () => {
    expect([answers[run], traces[run]]).toEqual([answer, traces.plain]);
  });
});

describe.skipIf(!inChromium)("Segment's browser SDK, with nothing changed but its address", () => {
  test('asks nobody else, and causes in Klaviyo what our own SDK causes', () => {
    const ours = traces['sluice-page'];
    // Where a session begins, and how it all began, is what our own SDK says, and Segment's knows of none.
    const [began, ...later] = ours?.events ?? [];
    const events = later.map(({ properties, ...event }) => {
      const { visit_session_id: _session, visit_initial_referrer_kind: _first, ...others } = properties;
      return { ...event, properties: others };
    });
    expect([began?.metric, answers['segment-page'], traces['segment-page']]).toEqual([
      'Active on Site',
      [stackNow().stack.urls.proxy],
      { ...ours, events },
    ]);
  });
});

test('our own Node SDK, killed right after it tracked: the next process brings every order to Klaviyo, once', async () => {
  const { stack, klaviyo, drained } = stackNow();
  const dir = await mkdtemp(join(tmpdir(), 'sluice-e2e-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const options = { secretKey: SECRET_KEY, endpoint: stack.urls.proxy, spool: dir };
  const email = `hedy${MAIL_DOMAIN}`;
  const program = `
    import { createSluice } from '@sluice/node';
    const sluice = createSluice(${JSON.stringify(options)});
    for (let n = 0; n < 20; n++)
      sluice.track('Order Completed', { order_id: 'SDK-' + n, total: 10 }, { email: '${email}', country: 'DE' });
    process.kill(process.pid, 'SIGKILL');`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
  });

  await using sluice = createSluice({ ...options, handleExit: false });
  const flushed = await sluice.flush();
  const subscribed = await sluice.subscribe({ email, channels: ['email'], evidence: { formText: 'Yes.' } });
  const again = await sluice.track('Order Completed', { order_id: 'SDK-0', total: 10 }, { email, country: 'DE' });
  const sdkOrders = async () =>
    (await klaviyo.events()).map(({ uniqueId }) => String(uniqueId)).filter((id) => id.startsWith('SDK-'));
  await waitFor('twenty orders', { look: sdkOrders, isEnough: ({ length }) => length >= 20 });
  await drained();
  const left = await sluice.unsubscribe({ email });
  const refused = await sluice.consent({ email, categoryPreferences: { marketing: false } });
  expect([signal, flushed, subscribed, again.ok, left, refused, (await sdkOrders()).sort()]).toEqual([
    'SIGKILL',
    { ok: true },
    { ok: true, status: 'accepted' },
    true,
    { ok: true, status: 'accepted' },
    { ok: true, status: 'accepted' },
    Array.from({ length: 20 }, (_, n) => `SDK-${n}`).sort(),
  ]);
});

const BROWSERS = { 'segment-page': inBrowser(visitBySegmentPage), 'sluice-page': inBrowser(visitBySluice) };

function inBrowser<T>(visitBy: (place: Parameters<typeof visitBySluice>[0], visit: Visit) => Promise<T[]>) {
  return async (visit: Visit) => {
    const { shopUrl, stack } = stackNow();
    const browser = await launchChromium();
    try {
      return await visitBy({ browser, shopUrl, proxyUrl: stack.urls.proxy }, visit);
    } finally {
      await browser.close();
    }
  };
}

/** As a client without an SDK writes it. */
async function plain({ userId, traits, page, tracks }: Visit): Promise<unknown[]> {
  const messages = [
    { type: 'identify', traits },
    { type: 'page', ...page },
    ...tracks.map((track) => ({ type: 'track', ...track })),
  ];
  const batch = messages.map((message, index) => ({ ...message, userId, messageId: `message-${index}` }));
  return [(await stackNow().proxy.sendBatch(batch)).status];
}

async function bySegment({ userId, traits, page, tracks }: Visit): Promise<unknown[]> {
  const analytics = new Analytics({ writeKey: SECRET_KEY, host: stackNow().stack.urls.proxy });
  const statuses: unknown[] = [];
  analytics.on('http_response', ({ status }: { status: number }) => statuses.push(status));
  analytics.on('error', (error) => statuses.push(error));
  analytics.identify({ userId, traits });
  analytics.page({ userId, ...page });
  for (const track of tracks) analytics.track({ userId, ...track });
  await analytics.closeAndFlush();
  return statuses;
}

async function byRudder({ userId, traits, page, tracks }: Visit): Promise<unknown[]> {
  const errors: unknown[] = [];
  const dataPlaneUrl = stackNow().stack.urls.proxy;
  const analytics = new Rudder(SECRET_KEY, { dataPlaneUrl, logLevel: 'error', errorHandler: (e) => errors.push(e) });
  analytics.identify({ userId, traits });
  analytics.page({ userId, ...page });
  for (const track of tracks) analytics.track({ userId, ...track });
  await analytics.flush();
  return errors;
}
