import {
  DEFAULT_FLUSH_AT,
  DEFAULT_FLUSH_INTERVAL_MS,
  DEFAULT_REQUEST_TIMEOUT_MS,
  MAX_BATCH_BYTES,
  MAX_BATCH_MESSAGES,
} from '../limits.ts';
import type { SluiceOptions, Store } from '../types.ts';
import type { Emitter } from './createEmitter.ts';
import type { LaneOptions } from './createLane.ts';
import { type Body, post } from './post.ts';

declare const __VERSION__: string;

/** What differs between runtimes, and what tests hold still. */
export interface Platform {
  store: Store | undefined;
  gzip: (body: Body) => Promise<Body> | Body;
  /** Milliseconds that never go back, as a wall clock may. */
  now: () => number;
  random: () => number;
}

/** What the lanes share, from what the caller left to us. */
export function setUpLane(options: SluiceOptions, { gzip, now, random }: Platform, emitter: Emitter) {
  const endpoint = options.endpoint.replace(/\/$/, '');
  // Looked up for each request: who instruments or intercepts it may come later.
  const { secretKey, gzip: isGzipped = true, fetch = (url, init) => globalThis.fetch(url, init) } = options;
  const timeoutMs = options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
  const encode = isGzipped ? gzip : (body: Body) => body;
  return {
    maxCount: MAX_BATCH_MESSAGES,
    maxBatchBytes: options.maxBatchBytes ?? MAX_BATCH_BYTES,
    flushAt: options.flushAt ?? DEFAULT_FLUSH_AT,
    flushIntervalMs: options.flushIntervalMs ?? DEFAULT_FLUSH_INTERVAL_MS,
    context: JSON.stringify({ library: { name: '@sluice/node', version: __VERSION__ } }),
    now,
    random,
    post: (path, body) => post(body, { url: endpoint + path, secretKey, timeoutMs, fetch, encode }),
    report: (problem) => emitter.report(problem),
  } satisfies Omit<LaneOptions, 'onSettled'>;
}
