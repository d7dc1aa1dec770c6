import { expect, it } from 'vitest';
import { collectMessages } from '../../src/collect.ts';
import type { Env } from '../../src/env.ts';
import type { AcceptedEvent, IngestMessage } from '../../src/ingest/acceptedEvent.ts';
import { foldEvents } from '../../src/ingest/foldEvents.ts';

const MEGABYTE = 1_000_000;
const secrets = {
  KLAVIYO_API_KEY: 'pk_emulator_demo',
  SECRET_KEYS: JSON.stringify({ backend: ['sk_backend'] }),
  OPERATOR_TOKENS: '{}',
  LEDGER_KEYS: JSON.stringify({ current: '1', keys: { 1: 'a-ledger-key-that-is-for-tests-only' } }),
};

/** Sixty events of one page, whose address is long: together a few kilobytes in the queue and 2 MB as items. */
function message(n: number): IngestMessage {
  const visit = { visit_utm_campaign: 'x'.repeat(30_000) };
  const events = Array.from({ length: 60 }, (_, at): AcceptedEvent => {
    const id = `m${n}-${at}`;
    const body = { type: 'track' as const, event: 'Ping', messageId: id, anonymousId: 'a' };
    return { message: body, id, timeMs: 1, purpose: 'tracking', visit };
  });
  const about = { account: 'main', source: 'backend', trusted: false, receivedAtMs: 1 };
  return { v: 2, kind: 'events', ...about, events: foldEvents(events) };
}

it('what small queue messages unfold to is stored piece by piece, so that memory holds it', async () => {
  const bodies = Array.from({ length: 40 }, (_, n) => message(n));
  const stored: number[] = [];
  let acknowledged = 0;
  const batch = bodies.map((body) => ({ body, attempts: 1, ack: () => acknowledged++, retry: () => undefined }));
  let mapped = 0;
  let most = 0;
  const store = async (_account: string, chunks: { count: number; items: string }[]) => {
    for (const { count, items } of chunks) {
      stored.push(count);
      mapped -= items.length;
    }
    return { ok: true };
  };
  const env = {
    ...secrets,
    SLUICE_CONFIG: JSON.stringify({ sources: [{ id: 'backend', kind: 'server' }] }),
    DISPATCHER: { getByName: () => ({ store }) },
  } as unknown as Env;
  const map = <M extends { properties: object }>(event: M) => {
    mapped += JSON.stringify(event.properties).length;
    most = Math.max(most, mapped);
    return event;
  };
  await collectMessages({ queue: 'sluice-ingest', messages: batch } as unknown as MessageBatch<IngestMessage>, env, {
    map,
  });
  const queued = JSON.stringify(bodies[0]).length;
  expect([queued < 50_000, acknowledged, stored.reduce((sum, n) => sum + n, 0), most < 12 * MEGABYTE]).toEqual([
    true,
    40,
    2400,
    true,
  ]);
});
