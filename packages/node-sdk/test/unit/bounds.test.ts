import { expect, test, vi } from 'vitest';
import { createSluice } from '../../src/createSluice.ts';
import { startSluice } from '../../src/lib/startSluice.ts';
import { createSink } from '../support/createSink.ts';
import { holdTime, openSluice } from '../support/openSluice.ts';

const who = { userId: 'user-7' };
const reasons = async (results: Promise<{ ok: boolean; reason?: string }>[]) =>
  (await Promise.all(results)).map(({ reason = 'ok' }) => reason);

test('a full queue takes nothing more, and says so', async () => {
  const { sluice, dropped } = openSluice({ maxQueueEvents: 3 });
  const results = [1, 2, 3, 4, 5].map((n) => sluice.track('A', { n }, who));
  await sluice.flush();
  expect([await reasons(results), dropped.map(({ reason, event }) => [reason, event])]).toEqual([
    ['ok', 'ok', 'ok', 'queue_full', 'queue_full'],
    [
      ['queue_full', 'A'],
      ['queue_full', 'A'],
    ],
  ]);
});

test('a queue is full by bytes too, and has room again when they are gone', async () => {
  const { sluice } = openSluice({ maxQueueBytes: 25_000 });
  const track = () => sluice.track('A', { note: 'x'.repeat(10_000) }, who);
  const results = [track(), track(), track()];
  await sluice.flush();
  results.push(track());
  await sluice.flush();
  expect(await reasons(results)).toEqual(['ok', 'ok', 'queue_full', 'ok']);
});

test('an instance for one request, as a Worker makes it, holds a few kilobytes', () => {
  const before = process.memoryUsage().arrayBuffers;
  const instances = Array.from({ length: 100 }, () => openSluice().sluice);
  for (const sluice of instances) void sluice.track('A', {}, who);
  const each = (process.memoryUsage().arrayBuffers - before) / instances.length;
  expect([instances.length, each < 40_000]).toEqual([100, true]);
});

test('one message has at most 32 KiB, in UTF-8', async () => {
  const { sluice } = openSluice();
  const results = [32_000, 16_500, 33_000].map((length, at) =>
    sluice.track('A', { note: (at === 1 ? 'ä' : 'x').repeat(length) }, who),
  );
  await sluice.flush();
  expect(await reasons(results)).toEqual(['ok', 'event_too_large', 'event_too_large']);
});

test('what JSON cannot hold costs the property, and never throws', async () => {
  const { sluice, sink, dropped } = openSluice();
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const properties = {
    kept: 1,
    big: 7n,
    cycle,
    get broken() {
      throw new Error('no');
    },
    nothing: () => {},
  };
  void sluice.track('A', properties, { ...who, messageId: 'm-1', timestamp: new Date(0) });
  const invalid = sluice.track('A', {}, { ...who, timestamp: 'yesterday', messageId: 'm-2' });
  await sluice.flush();
  expect([JSON.parse(sink.stored.get('m-1') ?? '').properties, await invalid, dropped]).toEqual([
    { kept: 1, big: '7' },
    { ok: false, messageId: 'm-2', reason: 'event_invalid' },
    [{ reason: 'event_invalid', messageId: 'm-2' }],
  ]);
});

test('later changes of what was passed in change nothing', async () => {
  const { sluice, sink } = openSluice();
  const properties = { n: 1 };
  void sluice.track('A', properties, { ...who, messageId: 'm' });
  properties.n = 2;
  await sluice.flush();
  expect(JSON.parse(sink.stored.get('m') ?? '').properties).toEqual({ n: 1 });
});

test('a promise that nobody looks at rejects nowhere', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const { sluice, sink } = openSluice();
  sink.faults.push(400);
  void sluice.track('A', {}, who);
  await sluice.close();
  void sluice.track('A', {}, who);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test('after close nothing is taken; what it could not send is told as lost', async () => {
  const { sluice, sink, dropped } = openSluice();
  sink.faults.push({ status: 503, retryAfter: '60' });
  const waiting = sluice.track('A', {}, { ...who, messageId: 'm-1' });
  const closed = await sluice.close({ timeoutMs: 1000 });
  const later = sluice.track('A', {}, { ...who, messageId: 'm-2' });
  expect([closed, await waiting, await later, dropped.map(({ messageId, reason }) => [messageId, reason])]).toEqual([
    { ok: false, waiting: 1, reason: 'timeout' },
    { ok: false, messageId: 'm-1', reason: 'closed' },
    { ok: false, messageId: 'm-2', reason: 'closed' },
    [
      ['m-1', 'closed'],
      ['m-2', 'closed'],
    ],
  ]);
});

test('what comes while close still sends is sent too', async () => {
  const { sluice, sink } = openSluice();
  void sluice.track('A', {}, who);
  const closed = sluice.close();
  const during = sluice.track('A', {}, who);
  await sluice.track('A', {}, who);
  const last = sluice.track('A', {}, who);
  expect([await closed, (await during).ok, (await last).ok, sink.stored.size]).toEqual([{ ok: true }, true, true, 4]);
});

test('`await using` sends what waits', async () => {
  const { sink } = openSluice();
  {
    await using sluice = createSluice({
      secretKey: 'sk_test',
      endpoint: 'https://events.example.com',
      fetch: sink.fetch,
    });
    void sluice.track('A', {}, who);
  }
  expect(sink.stored.size).toBe(1);
});

test('a listener that throws takes nobody with it, and can be removed', async () => {
  const { sluice, delivered } = openSluice();
  const off = sluice.on('delivered', () => {
    throw new Error('mine');
  });
  void sluice.track('A', {}, who);
  await sluice.flush();
  off();
  void sluice.track('A', {}, who);
  await sluice.flush();
  expect(delivered.length).toBe(2);
});

test('a problem that nobody listens to is one line on the console for each kind, without key or data', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const sink = createSink();
  let failures = 3;
  const { sluice } = startSluice(
    {
      secretKey: 'sk_test_secret',
      endpoint: 'https://events.example.com',
      fetch: async (url, init) => {
        if (failures-- > 0) throw new Error('ada@example.com sk_test_secret');
        return sink.fetch(url, init);
      },
    },
    { store: undefined, gzip: (body) => body, now: Date.now, random: () => 0 },
  );
  void sluice.track('A', { email: 'ada@example.com' }, who);
  await sluice.close();
  const lines = warn.mock.calls.flat();
  warn.mockRestore();
  expect(lines).toEqual(['[sluice] request_failed: A request got no answer; 1 wait and are sent again.']);
});

test('a message that is lost while nobody listens is one line on the console for each reason, without data', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const sink = createSink();
  for (const id of ['m-1', 'm-2']) sink.rejects.set(id, 'event_invalid');
  const sluice = createSluice({ secretKey: 'sk_test', endpoint: 'https://events.example.com', fetch: sink.fetch });
  for (const messageId of ['m-1', 'm-2']) void sluice.track('A', { email: 'ada@example.com' }, { ...who, messageId });
  await sluice.close();
  void sluice.track('A', {}, who);
  const lines = warn.mock.calls.flat();
  warn.mockRestore();
  expect(lines).toEqual([
    '[sluice] dropped as event_invalid: a message, for its properties.',
    '[sluice] dropped as closed: a message.',
  ]);
});

test.for([Infinity, Number.NaN])(
  'a flush of %d milliseconds waits for its answer without turning',
  async (timeoutMs) => {
    holdTime();
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const answer = () => Response.json({ accepted: 1 }, { status: 202 });
    const fetch = () => new Promise<Response>((resolve) => setTimeout(() => resolve(answer()), 5000));
    const { sluice } = openSluice({ fetch });
    void sluice.track('A', {}, who);
    const flushed = sluice.flush({ timeoutMs });
    await vi.advanceTimersByTimeAsync(5000);
    expect([await flushed, timers.mock.calls.length < 10]).toEqual([{ ok: true }, true]);
  },
);

test('a fetch that is put in place after the start is the one that is used', async () => {
  const { sluice, sink } = openSluice({ fetch: undefined as never });
  const instrumented = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation((url, init) => sink.fetch(String(url), init ?? {}));
  void sluice.track('A', {}, who);
  await sluice.flush();
  instrumented.mockRestore();
  expect(sink.stored.size).toBe(1);
});

test.for([
  [{ secretKey: '', endpoint: 'https://events.example.com' }, 'secretKey'],
  [{ secretKey: 'sk with spaces', endpoint: 'https://events.example.com' }, 'secretKey'],
  [{ secretKey: 'sk_test', endpoint: 'events.example.com' }, 'endpoint'],
  [{ secretKey: 'sk_test', endpoint: 'ftp://events.example.com' }, 'endpoint'],
  [{ secretKey: 'sk_test', endpoint: 'https://events.example.com', maxQueueEvents: Number.NaN }, 'maxQueueEvents'],
  [{ secretKey: 'https://events.example.com', endpoint: 'sk with the key in its place' }, 'endpoint'],
  [{ secretKey: 'sk_test', endpoint: 'https://events.example.com', flushIntervalMs: -1 }, 'flushIntervalMs'],
  [{ secretKey: 'sk_test', endpoint: 'https://events.example.com', requestTimeoutMs: 0 }, 'requestTimeoutMs'],
  [{ secretKey: 'sk_test', endpoint: 'https://events.example.com', requestTimeoutMs: 2 ** 31 }, 'requestTimeoutMs'],
] as const)('refuses %j and names what is wrong, but no key', ([options, name]) => {
  const message = (() => {
    try {
      createSluice(options);
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect([message?.startsWith(name), message?.includes('sk with')]).toEqual([true, false]);
});

test('callers without types get results, not exceptions', async () => {
  const { sluice } = openSluice();
  const careless = sluice as unknown as Record<string, (...given: unknown[]) => Promise<{ ok: boolean }>>;
  const calls = [
    careless.track?.('A', {}, null),
    careless.track?.('A'),
    careless.page?.(),
    careless.identify?.(null),
    careless.subscribe?.(),
    careless.consent?.(null),
    careless.subscribe?.({ email: 'ada@example.com', toJSON: () => undefined }),
    careless.subscribe?.({ email: 'ada@example.com', toJSON: () => 'text' }),
  ];
  await sluice.flush();
  expect((await Promise.all(calls)).map((result) => typeof result?.ok)).toEqual(Array(8).fill('boolean'));
});

test.for([{ rejected: 5 }, { rejected: [null, 7, { index: 'x' }, { index: 9, code: 1 }] }, []] as const)(
  'an answer such as %j throws nothing',
  async (answer) => {
    const { sluice } = openSluice({ fetch: async () => Response.json(answer, { status: 202 }) });
    const result = sluice.track('A', {}, { ...who, messageId: 'm' });
    expect([await sluice.flush(), await result]).toEqual([{ ok: true }, { ok: true, messageId: 'm' }]);
  },
);
