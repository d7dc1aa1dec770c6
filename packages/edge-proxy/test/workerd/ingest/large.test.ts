import { expect, it } from 'vitest';
import type { IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import { track } from '../support/messages.ts';
import { openWorld, START_MS } from '../support/world.ts';

const LINES = 4000;

/** A queue message with orders of as many lines as 12 KB can name, all of them empty. */
function orders(id: string, n: number): IngestMessage {
  const properties = { products: Array.from({ length: LINES }, () => ({})) };
  return events(
    Array.from({ length: n }, (_, index) => track(`${id}-${index}`, { event: 'Order Completed', properties })),
  );
}

function events(messages: ReturnType<typeof track>[]): IngestMessage {
  return {
    v: 1,
    kind: 'events',
    account: 'main',
    source: 'web',
    trusted: false,
    receivedAtMs: START_MS,
    events: messages.map((message) => ({
      message: message as never,
      id: String(message.messageId),
      timeMs: START_MS,
      purpose: 'tracking',
    })),
  };
}

it('a batch that grows past what one call carries is stored in several, its neighbours too', async () => {
  const world = openWorld();
  const outcome = await world.collect([...['a', 'b', 'c', 'd'].map((id) => orders(id, 8)), events([track('good')])]);
  expect([outcome.acked.length, outcome.retried, (await world.tally()).waiting]).toEqual([
    5,
    [],
    4 * 8 * (1 + LINES) + 1,
  ]);
});
