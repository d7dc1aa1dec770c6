import { expect, it, vi } from 'vitest';
import type { IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import { sendToAny } from '../../../src/ingest/sendToAny.ts';

/** So many queues, of which some refuse; `asked` says which were asked, in order. */
function open(count: number, refusing: readonly number[] = []) {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const asked: number[] = [];
  const delays: (number | undefined)[] = [];
  const queues = Array.from({ length: count }, (_, index) => ({
    async send(_message: unknown, options?: QueueSendOptions) {
      asked.push(index + 1);
      delays.push(options?.delaySeconds);
      if (refusing.includes(index + 1)) throw new Error(`queue ${index + 1}: Too Many Requests`);
    },
  }));
  return { queues: queues as unknown as Queue<IngestMessage>[], asked, delays };
}

const message = { v: 1 } as IngestMessage;

it.each([
  [0, [1]],
  [0.34, [2]],
  [0.999, [3]],
])('chance %d of three queues', async (chance, expected) => {
  const { queues, asked } = open(3);
  await sendToAny(queues, message, 0, () => chance);
  expect(asked).toEqual(expected);
});

it.each([
  ['the next where one refuses', 0.34, [2], [2, 3]],
  ['the first after the last', 0.999, [3], [3, 1]],
  ['every one before it gives up on any', 0.34, [2, 3], [2, 3, 1]],
])('asks %s', async (_title, chance, refusing, expected) => {
  const { queues, asked } = open(3, refusing);
  await sendToAny(queues, message, 0, () => chance);
  expect(asked).toEqual(expected);
});

it('throws what the last said when all refuse', async () => {
  const { queues } = open(2, [1, 2]);
  await expect(sendToAny(queues, message, 0, () => 0)).rejects.toThrow('queue 2: Too Many Requests');
});

it('passes a delay on to whichever takes it', async () => {
  const { queues, delays } = open(2, [1]);
  await sendToAny(queues, message, 600, () => 0);
  expect(delays).toEqual([600, 600]);
});

it('spreads many messages evenly', async () => {
  const { queues, asked } = open(4);
  for (let n = 0; n < 400; n++) await sendToAny(queues, message, 0, () => (n * 0.618) % 1);
  const counts = [1, 2, 3, 4].map((queue) => asked.filter((n) => n === queue).length);
  expect(counts.every((count) => count >= 98 && count <= 102)).toBe(true);
});
