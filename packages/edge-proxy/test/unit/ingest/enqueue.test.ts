import { expect, it, vi } from 'vitest';
import type { AcceptedEvent, IngestMessage, WholeMessage } from '../../../src/ingest/acceptedEvent.ts';
import { enqueue, estimateBytes } from '../../../src/ingest/enqueue.ts';

/** Cloudflare Queues: a message has at most 128 KB. */
const MAX_MESSAGE_BYTES = 128_000;

/** A queue that holds itself to Cloudflare's limit, and how many events each of its messages has. */
function open({ isAway = false } = {}) {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const taken: number[] = [];
  const send = async (message: IngestMessage) => {
    if (isAway) throw new Error('the queue is away');
    if (JSON.stringify(message).length > MAX_MESSAGE_BYTES) throw new Error('message too large');
    taken.push(message.kind === 'events' ? message.events.length : 0);
  };
  return { taken, queues: [{ send }] as unknown as Queue<IngestMessage>[] };
}

function batchOf(count: number, properties: string): WholeMessage {
  const message = { type: 'track' as const, event: 'Ping', properties: JSON.parse(properties) };
  const events = Array.from(
    { length: count },
    (_, n): AcceptedEvent => ({
      message,
      id: `m${n}`,
      timeMs: 0,
      purpose: 'tracking',
    }),
  );
  return { v: 1, kind: 'events', account: 'main', source: 'web', trusted: false, receivedAtMs: 0, events };
}

const small = '{"price":1}';
/** 6 KB that JSON writes out as 26. */
const growing = `{"x":[${Array(1200).fill('1e20')}]}`;

it.each([
  ['that is small is one message', batchOf(20, small), estimateBytes(20 * small.length, 20), [20]],
  ['of which nobody knows the size is measured', batchOf(6, growing), undefined, [3, 3]],
  [
    'that is larger than it came is split once the queue refuses it',
    batchOf(6, growing),
    estimateBytes(6 * growing.length, 6),
    [3, 3],
  ],
])('a batch %s', async (_title, batch, likelyBytes, expected) => {
  const { queues, taken } = open();
  expect([await enqueue(queues, batch, likelyBytes), taken]).toEqual([{ ok: true }, expected]);
});

it.each([
  ['small', batchOf(20, small)],
  ['large', batchOf(6, growing)],
])('a %s batch is not acknowledged while the queue is away', async (_title, batch) => {
  const { queues } = open({ isAway: true });
  expect(await enqueue(queues, batch, 1)).toMatchObject({ ok: false, code: 'storage_unavailable' });
});
