import { afterEach, expect, test, vi } from 'vitest';
import type { MessageOptions } from '../../src/types.ts';
import { holdTime, openSluice } from '../support/openSluice.ts';

const who: MessageOptions = { userId: 'user-7' };
const sizes = (requests: readonly { messages: unknown[] }[]) => requests.map(({ messages }) => messages.length);

afterEach(() => vi.restoreAllMocks());

test('a message has the shape of the Segment specification, and the buyer’s place in its context', async () => {
  const { sluice, sink } = openSluice();
  void sluice.track(
    'Order Completed',
    { order_id: '1001', total: 19.9 },
    {
      messageId: 'm-1',
      userId: 'user-7',
      anonymousId: 'a-1',
      email: 'ada@example.com',
      country: 'DE',
      address: { country: 'AT', city: 'Graz' },
      consent: { marketing: true },
      timestamp: new Date(0),
      context: { ip: '192.0.2.1' },
    },
  );
  void sluice.page('Home', { path: '/' }, { ...who, messageId: 'm-2', timestamp: '2026-01-02T03:04:05Z' });
  void sluice.identify('user-7', { email: 'ada@example.com' }, { messageId: 'm-3', timestamp: new Date(1) });
  void sluice.identify({ phone: '+15005550006' }, { anonymousId: 'a-1', messageId: 'm-4', timestamp: new Date(2) });
  await sluice.flush();
  const [request] = sink.requests;
  expect([
    request?.path,
    request?.headers.get('authorization'),
    request?.headers.get('content-type'),
    request?.body,
  ]).toEqual([
    '/v1/batch',
    'Bearer sk_test',
    'application/json',
    {
      sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
      context: { library: { name: '@sluice/node', version: '0.0.0-test' } },
      batch: [
        {
          messageId: 'm-1',
          type: 'track',
          event: 'Order Completed',
          timestamp: '1970-01-01T00:00:00.000Z',
          userId: 'user-7',
          anonymousId: 'a-1',
          properties: { order_id: '1001', total: 19.9 },
          context: {
            ip: '192.0.2.1',
            traits: { email: 'ada@example.com' },
            location: { country: 'DE' },
            address: { country: 'AT', city: 'Graz' },
            consent: { categoryPreferences: { marketing: true } },
          },
        },
        {
          messageId: 'm-2',
          type: 'page',
          name: 'Home',
          properties: { path: '/' },
          timestamp: '2026-01-02T03:04:05.000Z',
          userId: 'user-7',
        },
        {
          messageId: 'm-3',
          type: 'identify',
          traits: { email: 'ada@example.com' },
          timestamp: '1970-01-01T00:00:00.001Z',
          userId: 'user-7',
        },
        {
          messageId: 'm-4',
          type: 'identify',
          traits: { phone: '+15005550006' },
          timestamp: '1970-01-01T00:00:00.002Z',
          anonymousId: 'a-1',
        },
      ],
    },
  ]);
});

test('a promise tells what became of a message, and the listeners hear the same', async () => {
  const { sluice, sink, dropped, delivered } = openSluice();
  sink.rejects.set('m-2', 'consent_denied');
  const results = Promise.all(
    ['m-1', 'm-2', 'm-3'].map((messageId) => sluice.track('Made up', {}, { ...who, messageId })),
  );
  await sluice.flush();
  expect([await results, dropped, delivered]).toEqual([
    [
      { ok: true, messageId: 'm-1' },
      { ok: false, messageId: 'm-2', reason: 'consent_denied', path: 'properties' },
      { ok: true, messageId: 'm-3' },
    ],
    [{ reason: 'consent_denied', messageId: 'm-2', path: 'properties', event: 'Made up' }],
    ['m-1', 'm-3'],
  ]);
});

test('a promise that is looked at late, or twice, tells the same', async () => {
  const { sluice, sink } = openSluice();
  sink.rejects.set('m-1', 'consent_denied');
  const [refused, delivered] = ['m-1', 'm-2'].map((messageId) => sluice.track('Made up', {}, { ...who, messageId }));
  await sluice.flush();
  let ended = 0;
  const first = await refused?.finally(() => ended++);
  expect([first, await refused?.catch(() => 'no'), await delivered, ended]).toEqual([
    { ok: false, messageId: 'm-1', reason: 'consent_denied', path: 'properties' },
    { ok: false, messageId: 'm-1', reason: 'consent_denied', path: 'properties' },
    { ok: true, messageId: 'm-2' },
    1,
  ]);
});

test('waits for others a second, and starts at once with a hundred', async () => {
  holdTime();
  const { sluice, sink } = openSluice();
  void sluice.track('A', {}, who);
  await vi.advanceTimersByTimeAsync(999);
  const early = sink.requests.length;
  await vi.advanceTimersByTimeAsync(1);
  const late = sizes(sink.requests);
  for (let n = 0; n < 100; n++) void sluice.track('A', {}, who);
  await vi.advanceTimersByTimeAsync(1);
  // Compressing is a thread's work, whose end no clock moves.
  await vi.waitFor(() => expect(sizes(sink.requests)).toHaveLength(2));
  expect([early, late, sizes(sink.requests)]).toEqual([0, [1], [1, 100]]);
});

test('splits by count and by bytes, and compresses what is worth it', async () => {
  const { sluice, sink } = openSluice({ maxBatchBytes: 200_000 });
  for (let n = 0; n < 1500; n++) void sluice.track('A', {}, { userId: 'u', messageId: `${n}` });
  await sluice.flush();
  const many = sizes(sink.requests);
  for (let n = 0; n < 10; n++) void sluice.track('A', { note: 'ä'.repeat(15_000) }, who);
  await sluice.flush();
  void sluice.track('A', {}, who);
  await sluice.flush();
  expect([many, sizes(sink.requests).slice(many.length), sink.requests.map(({ wasGzip }) => wasGzip)]).toEqual([
    [1000, 500],
    [6, 4, 1],
    [true, true, true, true, false],
  ]);
});

test.for([500, 503, 429, 408, 'reset', 'lost', 'cut'] as const)(
  'after %s sends the same again, under the same ids',
  async (fault) => {
    const { sluice, sink, problems } = openSluice({}, { random: () => 0 });
    sink.faults.push(fault);
    const results = [1, 2, 3].map((n) => sluice.track('A', { n }, who));
    await sluice.flush();
    const delivered = (await Promise.all(results)).map(({ ok }) => ok);
    expect([delivered, sink.stored.size, sink.problems, problems.map(({ code }) => code)]).toEqual([
      [true, true, true],
      3,
      [],
      ['request_failed'],
    ]);
  },
);

test.for([400, 403, 404, 410] as const)('what is refused with %s is reported and not sent again', async (status) => {
  const { sluice, sink, dropped } = openSluice();
  sink.faults.push(status);
  const result = sluice.track('A', {}, { ...who, messageId: 'm' });
  await sluice.flush();
  expect([await result, dropped, sink.stored.size, sluice.waiting]).toEqual([
    { ok: false, messageId: 'm', reason: 'made_up', message: 'No.' },
    [{ reason: 'made_up', messageId: 'm', event: 'A' }],
    0,
    0,
  ]);
});

test.for([
  ['a key that is not known', { status: 401, body: '{"error":{"code":"key_unknown"}}' }, '401 key_unknown'],
  ['a key that may not send', { status: 403, body: '{"error":{"code":"key_scope"}}' }, '403 key_scope'],
  ['a page of something on the way', { status: 403, body: '<html>Are you human?</html>' }, '403'],
  ['a redirect', { status: 302, body: '' }, '302'],
  ['a server that is not the proxy', { status: 404, body: 'Not here' }, '404'],
] as const)('%s loses nothing: it is said, and sent once that is mended', async ([, fault, said]) => {
  const { sluice, sink, dropped, problems } = openSluice({}, { random: () => 0 });
  sink.faults.push(fault, fault);
  const results = [
    sluice.track('A', {}, { ...who, messageId: 'm-1' }),
    sluice.unsubscribe({ email: 'ada@example.com', messageId: 'm-2' }),
  ];
  await sluice.flush();
  expect([
    (await Promise.all(results)).map(({ ok }) => ok),
    dropped,
    problems[0]?.message.includes(` ${said};`),
  ]).toEqual([[true, true], [], true]);
});

test('sends less at a time when something on the way takes less', async () => {
  const { sluice, sink, dropped } = openSluice();
  sink.maxBodyBytes = 3000;
  for (let n = 0; n < 40; n++) void sluice.track('A', { n }, who);
  await sluice.flush();
  expect([sink.stored.size, dropped]).toEqual([40, []]);
});

test('waits twice as long after each failure, and as long as the server asks', async () => {
  holdTime();
  const { sluice, sink } = openSluice({ gzip: false });
  const at: number[] = [];
  const startMs = Date.now();
  sink.faults.push(500, 500, { status: 429, retryAfter: '60' });
  sluice.on('error', () => at.push(Date.now() - startMs));
  void sluice.track('A', {}, who);
  await vi.advanceTimersByTimeAsync(62_499);
  const early = sink.stored.size;
  await vi.advanceTimersByTimeAsync(1);
  // One second of waiting for others, then 0.5, 1 and 60.
  expect([at, early, sink.stored.size]).toEqual([[1000, 1500, 2500], 0, 1]);
});

test('after five failures in a row single messages try, and flush no longer waits', async () => {
  holdTime();
  const { sluice, sink, problems } = openSluice({ gzip: false });
  sink.faults.push(500, 500, 500, 500, 500);
  for (let n = 0; n < 10; n++) void sluice.track('A', { n }, who);
  await vi.advanceTimersByTimeAsync(8600);
  const flushed = await sluice.flush();
  await vi.advanceTimersByTimeAsync(8000);
  expect([flushed, problems.map(({ code }) => code).slice(-1), sizes(sink.requests), sluice.waiting]).toEqual([
    { ok: false, waiting: 10, reason: 'circuit_open' },
    ['circuit_opened'],
    [1, 9],
    0,
  ]);
});

test('close waits for an open circuit as long as it may: after it nobody tries again', async () => {
  holdTime();
  const { sluice, sink } = openSluice({ gzip: false });
  sink.faults.push(500, 500, 500, 500, 500, 500, 500);
  void sluice.track('A', {}, who);
  await vi.advanceTimersByTimeAsync(8600);
  const closed = sluice.close({ timeoutMs: 60_000 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([await closed, sink.stored.size]).toEqual([{ ok: true }, 1]);
});

test('a flush retries within its time, and says how many wait when that is over', async () => {
  const { sluice, sink } = openSluice();
  sink.faults.push({ status: 503, retryAfter: '3600' });
  void sluice.track('A', {}, who);
  expect([await sluice.flush({ timeoutMs: 1000 }), sluice.waiting]).toEqual([
    { ok: false, waiting: 1, reason: 'timeout' },
    1,
  ]);
});

test('decisions do not wait behind events, and have their own answers', async () => {
  const { sluice, sink, dropped } = openSluice();
  for (let n = 0; n < 10; n++) void sluice.track('A', { n }, who);
  const subscribed = sluice.subscribe({
    email: 'ada@example.com',
    lists: ['DEMO01'],
    evidence: { formText: 'Yes.' },
    messageId: 's',
  });
  const unsubscribed = sluice.unsubscribe({
    phone: '+15005550006',
    channels: ['sms'],
    removeFromLists: true,
    messageId: 'u',
    timestamp: new Date(0),
  });
  const chosen = sluice.consent({
    userId: 'user-7',
    email: 'ada@example.com',
    categoryPreferences: { marketing: false },
    messageId: 'c',
    timestamp: new Date(0),
  });
  await sluice.flush();
  sink.faults.push(422);
  const refused = sluice.subscribe({ email: 'no', messageId: 'r' });
  await sluice.flush();
  const decisions = sink.requests
    .filter(({ path }) => path !== '/v1/batch')
    .map(({ path, body: { sentAt: _, timestamp: __, ...body } }) => [path, body]);
  expect([decisions, await subscribed, await unsubscribed, await chosen, await refused, dropped]).toEqual([
    [
      [
        '/v1/subscribe',
        { email: 'ada@example.com', lists: ['DEMO01'], evidence: { formText: 'Yes.' }, messageId: 's' },
      ],
      ['/v1/unsubscribe', { phone: '+15005550006', channels: ['sms'], removeFromLists: true, messageId: 'u' }],
      [
        '/v1/consent',
        {
          userId: 'user-7',
          email: 'ada@example.com',
          consent: { categoryPreferences: { marketing: false } },
          messageId: 'c',
        },
      ],
    ],
    { ok: true, status: 'accepted' },
    { ok: true, status: 'accepted' },
    { ok: true, status: 'accepted' },
    { ok: false, code: 'made_up', message: 'No.' },
    [{ reason: 'made_up', messageId: 'r', event: 'subscribe' }],
  ]);
});
