import { beforeEach, expect, test } from 'vitest';
import { KLAVIYO_KEY, LIST_ID, MAIL_DOMAIN, WRITE_KEY } from './support/demo.ts';
import { type Answer, type Sent, since, type Totals } from './support/proxyClient.ts';
import { readShop } from './support/readShop.ts';
import { useStack } from './support/testStack.ts';
import { waitFor } from './support/waitFor.ts';

const stackNow = useStack();
let before: Totals;

/** `npm run test:long` kills more often. */
const KILLS = { repeats: process.env.SLUICE_TEST_LONG ? 9 : 0 };

beforeEach(async () => {
  const { klaviyo, proxy, drained } = stackNow();
  await drained();
  await klaviyo.reset();
  before = await proxy.readTotals();
});

test('Nothing acknowledged is lost: what is taken while Klaviyo is down arrives when it is back', async () => {
  const { stack, klaviyo, proxy, drained } = stackNow();
  const events = createEvents('down', 300);
  await stack.end('emulator');
  const failuresBefore = countFailures();
  const answers = await sendInParts(events, 10);
  const waiting = await waitForWaiting(300);
  await waitFor('a try that fails', { look: countFailures, isEnough: (n) => n > failuresBefore });
  await stack.startEmulator();
  await waitFor('all to arrive', { look: arrived, isEnough: ({ length }) => length >= events.length });
  await drained();

  expect({
    answers: answers.map(({ status, body }) => [status, body.accepted, body.rejected]),
    waiting,
    arrived: await arrived(),
    metrics: [...new Set((await klaviyo.events()).map(({ metric }) => metric))],
    figures: since(before, await proxy.readTotals()),
  }).toEqual({
    answers: Array.from({ length: 10 }, () => [202, 30, []]),
    waiting: { accepted: 300, waiting: 300, delivered: 0, refused: 0, dead: 0, duplicate: 0 },
    arrived: idsOf(events),
    metrics: ['Stock Checked'],
    figures: { accepted: 300, waiting: 0, delivered: 300, refused: 0, dead: 0, duplicate: 0 },
  });
});

test(
  'Nothing acknowledged is lost: a proxy that is killed with events waiting delivers them when it is back',
  KILLS,
  async () => {
    const { stack, klaviyo, proxy, drained } = stackNow();
    const tried = createEvents('tried', 150);
    const untried = createEvents('untried', 150);
    await klaviyo.misbehave([{ operation: 'bulk_create_events', status: 503, count: -1 }]);
    const failuresBefore = countFailures();
    await sendInParts(tried, 5);
    await waitFor('a try that fails', { look: countFailures, isEnough: (n) => n > failuresBefore });
    await sendInParts(untried, 5);
    await waitForWaiting(300);
    await stack.end('proxy', 'SIGKILL');
    await klaviyo.misbehave([]);
    const early = await arrived();
    await stack.startProxy();
    await waitFor('all to arrive', { look: arrived, isEnough: ({ length }) => length >= 300 });
    await drained();

    expect({ early, arrived: await arrived(), figures: since(before, await proxy.readTotals()) }).toEqual({
      early: [],
      arrived: idsOf([...tried, ...untried]),
      figures: { accepted: 300, waiting: 0, delivered: 300, refused: 0, dead: 0, duplicate: 0 },
    });
  },
);

test(
  'Nothing counts twice: events that Klaviyo took go again when its answer and then the proxy are lost',
  KILLS,
  async () => {
    const { stack, klaviyo, proxy, drained } = stackNow();
    const events = createEvents('unanswered', 100);
    await klaviyo.misbehave([{ operation: 'bulk_create_events', after: true, count: -1 }]);
    const [first] = await sendInParts(events, 1);
    await waitFor('Klaviyo to hold all', { look: arrived, isEnough: ({ length }) => length >= 100 });
    const unanswered = await waitForWaiting(100);
    await stack.end('proxy', 'SIGKILL');
    await klaviyo.misbehave([]);
    await stack.startProxy();
    // The sender has lost the answer too, so it sends the same once more.
    const [again] = await sendInParts(events, 1);
    await waitFor('both to be taken', { look: readSince, isEnough: ({ accepted }) => accepted === 200 });
    await drained();
    const calls = (await klaviyo.requests()).filter(({ operation }) => operation === 'bulk_create_events');

    expect({
      answers: [first?.status, again?.status],
      unanswered: unanswered.delivered,
      sentAgain: calls.length >= 3,
      arrived: await arrived(),
      balance: balanceOf(await proxy.readTotals()),
    }).toEqual({ answers: [202, 202], unanswered: 0, sentAgain: true, arrived: idsOf(events), balance: 0 });
  },
);

test('Nothing counts twice: an order that browser and back end report under two profiles is one order', async () => {
  const { klaviyo, proxy, shopUrl, drained } = stackNow();
  const properties = { order_id: 'TWICE-1', total: 30, currency: 'EUR', products: [{ sku: 'HAT-S', price: 30 }] };
  const report = { type: 'track', event: 'Order Completed', properties };
  const fromBackEnd = { ...report, messageId: 'backend-1', context: { traits: { email: `ada${MAIL_DOMAIN}` } } };
  const fromPage = { ...report, messageId: 'page-1', anonymousId: 'visitor-1', context: { consent: CONSENT } };
  const answers = [
    await proxy.sendBatch([fromBackEnd]),
    await proxy.sendFromPage('/v1/batch', { batch: [fromPage], writeKey: WRITE_KEY }, shopUrl),
  ];
  await waitFor('both to be taken', { look: readSince, isEnough: ({ accepted }) => accepted === 4 });
  await drained();

  expect({
    answers: answers.map(({ status }) => status),
    orders: (await klaviyo.events()).map(({ metric, uniqueId, value }) => [metric, uniqueId, value]).sort(),
    figures: await readSince(),
  }).toEqual({
    answers: [202, 202],
    orders: [
      ['Ordered Product', 'TWICE-1:HAT-S', 30],
      ['Placed Order', 'TWICE-1', 30],
    ],
    figures: { accepted: 4, waiting: 0, delivered: 2, refused: 0, dead: 0, duplicate: 2 },
  });
});

test('Everything has exactly one outcome: delivered, refused, dead and duplicate add up to what was accepted', async () => {
  const { klaviyo, proxy, drained } = stackNow();
  const email = `doomed${MAIL_DOMAIN}`;
  await klaviyo.misbehave([{ operation: 'bulk_create_events', status: 400, body: rejectionThatQuotes(email) }]);
  await proxy.sendBatch([{ ...event('doomed-1'), context: { traits: { email } } }]);
  await waitFor('the dead event', { look: readSince, isEnough: ({ dead }) => dead === 1 });
  const order = { type: 'track', event: 'Order Completed', userId: 'u-1', properties: { order_id: 'ONE-1', total: 5 } };
  const answer = await proxy.sendBatch([
    ...createEvents('good', 5),
    { ...order, messageId: 'one-1' },
    { ...order, messageId: 'one-2' },
    // Someone whom no usable address names.
    { type: 'track', event: 'Stock Checked', messageId: 'nobody-1', properties: { email: 'not an address' } },
    { type: 'track', messageId: 'nameless-1', userId: 'u-1' },
    { type: 'track', event: 'Stock Checked', messageId: 'denied-1', userId: 'u-1', context: { consent: REFUSAL } },
  ]);
  await waitFor('all to be taken', { look: readSince, isEnough: ({ accepted }) => accepted === 9 });
  await drained();

  expect({
    atTheDoor: [answer.status, answer.body.accepted, answer.body.rejected],
    figures: await readSince(),
    balance: balanceOf(await proxy.readTotals()),
  }).toEqual({
    atTheDoor: [
      202,
      8,
      [
        { index: 8, id: 'nameless-1', code: 'event_invalid', path: 'event' },
        { index: 9, id: 'denied-1', code: 'consent_denied' },
      ],
    ],
    figures: { accepted: 9, waiting: 0, delivered: 6, refused: 1, dead: 1, duplicate: 1 },
    balance: 0,
  });
});

test('The key stays at the edge: no answer, script or log of this run holds it, nor an address', async () => {
  const { proxy, shopUrl, output } = stackNow();
  const signUp = { writeKey: WRITE_KEY, email: `ada${MAIL_DOMAIN}`, lists: [LIST_ID] };
  const asked: Record<string, Answer> = {
    health: await proxy.request('/healthz'),
    ready: await proxy.request('/readyz'),
    nowhere: await proxy.request(`/v1/nowhere?email=ada${MAIL_DOMAIN}`),
    noKey: await proxy.request('/v1/batch', { method: 'POST', body: '{"batch":[]}' }),
    wrongKey: await proxy.sendBatch([event('x')], 'sk_wrong'),
    noJson: await proxy.request('/v1/batch', { method: 'POST', body: `{"email":"ada${MAIL_DOMAIN}"` }),
    noOperator: await proxy.request('/v1/operator/delivery'),
    signUp: await proxy.sendFromPage('/v1/subscribe', signUp, shopUrl),
    wrongList: await proxy.sendFromPage('/v1/subscribe', { ...signUp, lists: ['NOLIST'] }, shopUrl),
    wrongOrigin: await proxy.sendFromPage('/v1/subscribe', signUp, 'http://elsewhere.example'),
  };
  await stackNow().drained();
  const files = await readShop(shopUrl);
  const holding = (secret: string, texts: readonly string[]) => texts.filter((text) => text.includes(secret));

  expect({
    statuses: Object.fromEntries(Object.entries(asked).map(([name, { status }]) => [name, status])),
    read: { answers: proxy.transcript.length > 30, files: files.length > 20, log: countFailures() > 2 },
    keys: [
      ...holding(KLAVIYO_KEY, proxy.transcript),
      ...holding(KLAVIYO_KEY, files),
      ...holding(KLAVIYO_KEY, [output('proxy'), output('storefront')]),
    ],
    addresses: [
      ...holding(MAIL_DOMAIN, proxy.transcript),
      ...holding(MAIL_DOMAIN, [output('proxy'), output('storefront')]),
    ],
  }).toEqual({
    statuses: {
      health: 200,
      ready: 200,
      nowhere: 404,
      noKey: 401,
      wrongKey: 401,
      noJson: 400,
      noOperator: 401,
      signUp: 202,
      wrongList: 404,
      wrongOrigin: 403,
    },
    read: { answers: true, files: true, log: true },
    keys: [],
    addresses: [],
  });
});

const CONSENT = { categoryPreferences: { marketing: true } };
const REFUSAL = { categoryPreferences: { marketing: false } };

function event(id: string, who = 0): Sent {
  const traits = { email: `customer${who}${MAIL_DOMAIN}` };
  return { type: 'track', event: 'Stock Checked', messageId: id, properties: { shelf: who + 1 }, context: { traits } };
}

/** Events with ids of their own, of ten customers in turn. */
function createEvents(prefix: string, count: number): Sent[] {
  return Array.from({ length: count }, (_, index) => event(`${prefix}-${String(index).padStart(4, '0')}`, index % 10));
}

const idsOf = (events: Sent[]) => events.map(({ messageId }) => messageId).sort();

function sendInParts(events: Sent[], parts: number): Promise<Answer[]> {
  const size = Math.ceil(events.length / parts);
  const batches = Array.from({ length: parts }, (_, part) => events.slice(part * size, (part + 1) * size));
  return Promise.all(batches.map((batch) => stackNow().proxy.sendBatch(batch)));
}

/** Ids of what the emulator was sent, each as often as it holds it. */
async function arrived(): Promise<unknown[]> {
  const { events } = await stackNow().klaviyo.state();
  return events
    .filter(({ integration }) => integration === 'API')
    .map((stored) => stored.unique_id)
    .sort();
}

/** Calls to Klaviyo of which the proxy's log says that they failed. */
function countFailures(): number {
  return stackNow().output('proxy').split('call not delivered').length - 1;
}

/** The figures once the Dispatcher has stored so many items and holds them all. */
async function waitForWaiting(count: number): Promise<Totals> {
  return waitFor(`${count} items to wait`, { look: readSince, isEnough: ({ waiting }) => waiting === count });
}

async function readSince(): Promise<Totals> {
  return since(before, await stackNow().proxy.readTotals());
}

/** Promise 5: `accepted = waiting + delivered + refused + dead + duplicate`, as a difference that has to be 0. */
function balanceOf({ accepted, waiting, delivered, refused, dead, duplicate }: Totals): number {
  return accepted - waiting - delivered - refused - dead - duplicate;
}

/** A refusal as Klaviyo words it: with the address in it. */
function rejectionThatQuotes(email: string) {
  const pointer = '/data/attributes/events-bulk-create/data/0/attributes/events/data/0/attributes/value';
  const detail = `The event of ${email} is not valid.`;
  return { errors: [{ id: '1', status: 400, code: 'invalid', title: 'Invalid input.', detail, source: { pointer } }] };
}
