interface Producer {
  binding: string;
  queue: string;
}

interface Consumer {
  queue: string;
  [setting: string]: unknown;
}

/** The part of a wrangler configuration that is about queues. */
export interface WranglerConfig {
  queues: { producers: Producer[]; consumers: Consumer[] };
  [key: string]: unknown;
}

/** The configuration with so many ingest queues: each with a binding and a consumer like the first one's. */
export function withQueues(config: WranglerConfig, queues: number): WranglerConfig {
  const { producers, consumers } = config.queues;
  const first = producers.find(({ binding }) => binding === 'INGEST');
  const consumer = consumers.find(({ queue }) => queue === first?.queue);
  if (!first || !consumer) throw new Error('wrangler.jsonc has no queue with the binding INGEST and a consumer.');
  const more = Array.from({ length: queues - 1 }, (_, index) => index + 2);
  return {
    ...config,
    queues: {
      producers: [...producers, ...more.map((n) => ({ binding: `INGEST_${n}`, queue: `${first.queue}-${n}` }))],
      consumers: [...consumers, ...more.map((n) => ({ ...consumer, queue: `${first.queue}-${n}` }))],
    },
  };
}
