import type { Settings } from '../settings.ts';

/** What delivery needs of the outside. Whoever provides it decides what time it is, so a test can be the outside. */
export interface Ground {
  storage: Pick<DurableObjectStorage, 'sql' | 'kv' | 'transactionSync'>;
  /** Identities and the consent ledger. */
  db: D1Database;
  /** Throws where the configuration is broken: nothing is sent then, and nothing is lost. */
  settings(): Settings;
  /** Epoch milliseconds. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  fetch(url: string, init: RequestInit): Promise<Response>;
  timer(ms: number): Timer;
}

/** Cancelled as soon as nobody waits for it: a pending timer keeps a Durable Object in memory, and that is billed. */
export interface Timer {
  done: Promise<void>;
  cancel(): void;
}

/** The real time of the runtime. */
export function startTimer(ms: number): Timer {
  const { promise, resolve } = Promise.withResolvers<void>();
  const handle = setTimeout(resolve, ms);
  return { done: promise, cancel: () => clearTimeout(handle) };
}
