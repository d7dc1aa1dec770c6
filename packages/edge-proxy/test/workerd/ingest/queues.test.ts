import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import worker from '../../../src/index.ts';
import type { IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import { track } from '../support/messages.ts';
import { ORIGIN, testConfig } from '../support/settings.ts';
import { openWorld } from '../support/world.ts';

const NAMES = ['INGEST', 'INGEST_2', 'INGEST_3'] as const;

/** A Worker whose configuration names three queues, which vitest.config.ts binds; some of them refuse. */
function openQueues(refusing: readonly string[] = []) {
  const world = openWorld();
  const taken: Record<string, IngestMessage[]> = {};
  for (const name of NAMES) {
    const sent: IngestMessage[] = [];
    taken[name] = sent;
    vi.spyOn(env[name] ?? expect.fail(name), 'send').mockImplementation(async (message) => {
      if (refusing.includes(name)) throw new Error('Too Many Requests');
      return void sent.push(message) as never;
    });
  }
  return {
    world,
    taken,
    bindings: { ...env, SLUICE_CONFIG: JSON.stringify({ ...testConfig, ingest: { queues: 3 } }) },
  };
}

async function post(bindings: typeof env, id: string): Promise<number> {
  const body = JSON.stringify({ writeKey: 'wk_demo', batch: [track(id)] });
  const request = new Request('https://edge.example/v1/batch', { method: 'POST', headers: { origin: ORIGIN }, body });
  const answer = await worker.fetch?.(request as never, bindings, createExecutionContext());
  return answer?.status ?? 0;
}

const many = Array.from({ length: 60 }, (_, index) => `m${index}`);

it('messages are spread over the queues, and the consumer takes each from wherever it is', async () => {
  const { world, taken, bindings } = openQueues();
  for (const id of many) expect(await post(bindings, id)).toBe(202);
  for (const [index, name] of NAMES.entries())
    await world.collect(taken[name] ?? [], { queueName: index === 0 ? 'sluice-ingest' : `sluice-ingest-${index + 1}` });
  await world.pass(10_000);
  const counts = NAMES.map((name) => taken[name]?.length ?? 0);
  expect([counts.every((n) => n > 5), world.klaviyo.state().events.length, await world.tally()]).toMatchObject([
    true,
    many.length,
    { waiting: 0, delivered: many.length },
  ]);
});

it('what one queue refuses another takes, and nothing is answered that is not stored', async () => {
  const { taken, bindings } = openQueues(['INGEST', 'INGEST_3']);
  const statuses = new Set<number>();
  for (const id of many) statuses.add(await post(bindings, id));
  expect([[...statuses], NAMES.map((name) => taken[name]?.length)]).toEqual([[202], [0, many.length, 0]]);
});

it('when every queue refuses the answer is 503', async () => {
  const { bindings } = openQueues(NAMES);
  expect(await post(bindings, 'm1')).toBe(503);
});
