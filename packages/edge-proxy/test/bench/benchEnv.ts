import type { Chunk } from '../../src/deliver/tables/inbox.ts';
import type { Env } from '../../src/env.ts';
import type { IngestMessage } from '../../src/ingest/acceptedEvent.ts';

/** What stands around the code that is measured. */
export interface Surroundings {
  db: D1Database;
  send(message: IngestMessage): Promise<void>;
  store(account: string, chunks: readonly Chunk[]): { ok: boolean };
}

/** The Worker's bindings: real secrets' forms, and in the place of queue and Dispatcher whatever the bench wants there. */
export function benchEnv({ db, send, store }: Surroundings): Env {
  const env = {
    DB: db,
    INGEST: { send },
    // What an RPC costs both sides: arguments are copied.
    DISPATCHER: {
      getByName: () => ({ store: async (account: string, chunks: Chunk[]) => store(account, structuredClone(chunks)) }),
    },
    SLUICE_CONFIG: JSON.stringify({
      accounts: { main: { baseUrl: 'https://klaviyo.test', share: 1 } },
      sources: [{ id: 'web', kind: 'public', writeKey: 'wk_bench', origins: ['*'] }],
    }),
    KLAVIYO_API_KEY: 'pk_bench',
    SECRET_KEYS: '{}',
    OPERATOR_TOKENS: '{}',
    LEDGER_KEYS: JSON.stringify({ current: '1', keys: { 1: 'a-ledger-key-that-is-for-benches-only' } }),
  };
  // The parts of the bindings that ingest, collect and deliver use.
  return env as unknown as Env;
}

/** A batch as the queue's consumer is handed it. Bodies are parsed when they are read, as the runtime does. */
export function queueBatch(texts: readonly string[], atMs: number): MessageBatch<IngestMessage> {
  const messages = texts.map((text, index) => {
    let body: IngestMessage | undefined;
    return {
      id: `q${index}`,
      timestamp: new Date(atMs),
      attempts: 1,
      get body() {
        body ??= JSON.parse(text) as IngestMessage;
        return body;
      },
      ack() {},
      retry() {
        throw new Error('the bench loses no message');
      },
    };
  });
  return { queue: 'sluice-ingest', messages } as unknown as MessageBatch<IngestMessage>;
}
