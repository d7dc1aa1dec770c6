import {
  ADOPT_INTERVAL_MS,
  DEFAULT_FLUSH_AT,
  DEFAULT_FLUSH_INTERVAL_MS,
  DEFAULT_MAX_QUEUE_BYTES,
  DEFAULT_MAX_QUEUE_EVENTS,
  DEFAULT_REQUEST_TIMEOUT_MS,
  MAX_BATCH_BYTES,
  MAX_BATCH_MESSAGES,
  MAX_MESSAGE_BYTES,
} from '../limits.ts';
import type { FlushResult, Kind, SluiceOptions, Store } from '../types.ts';
import { countBytes } from './countBytes.ts';
import type { Emitter } from './createEmitter.ts';
import { createLane, type LaneOptions } from './createLane.ts';
import type { Entry, Result } from './createQueue.ts';
import { type Body, post } from './post.ts';
import { readJson } from './readJson.ts';

declare const __VERSION__: string;

/** What differs between runtimes, and what tests hold still. */
export interface Platform {
  store: Store | undefined;
  gzip: (body: string) => Promise<Body> | Body;
  now: () => number;
  random: () => number;
}

export type Outbox = ReturnType<typeof createOutbox>;

/** Everything that waits: events in one lane, decisions about people in another that never waits behind them. */
export function createOutbox(options: SluiceOptions, platform: Platform, emitter: Emitter) {
  const { store } = platform;
  const maxBytes = options.maxQueueBytes ?? DEFAULT_MAX_QUEUE_BYTES;
  const shared = shareOptions(options, platform, emitter);
  const events = createLane({ ...shared, onSettled });
  const decisions = createLane({ ...shared, maxCount: 1, flushAt: 1, onSettled });
  let isClosed = false;

  function settle({ id, kind, text, resolve }: Entry, result: Result): void {
    resolve?.(result);
    if (result.ok) emitter.emit('delivered', { messageId: id });
    else if (result.reason !== 'spooled' && emitter.hears('dropped')) {
      const { event, name = kind === 'message' ? undefined : kind } = readJson(text);
      const { reason, path } = result;
      const label = event ?? name;
      emitter.emit('dropped', {
        reason,
        messageId: id,
        ...(path !== undefined && { path }),
        ...(typeof label === 'string' && { event: label }),
      });
    }
  }

  function onSettled(entries: readonly Entry[], results: readonly Result[]): void {
    store?.settle(entries.map(({ number }) => number));
    entries.forEach((entry, index) => {
      settle(entry, results[index] as Result);
    });
    adopt();
  }

  /** Takes over what processes that ended have left, while half of the memory is free for what is new. */
  function adopt(): void {
    if (!store || isClosed) return;
    const size = () => events.queue.size() + decisions.queue.size();
    for (;;) {
      const room = size() === 0 ? Infinity : events.queue.roomBytes() - maxBytes / 2;
      const adopted = room > 0 ? store.adopt(room) : [];
      if (adopted.length === 0) return;
      for (const { number, kind, text } of adopted) {
        const id = String(readJson(text).messageId ?? '');
        laneOf(kind).add({ kind, id, text, bytes: countBytes(text), number });
      }
    }
  }

  const laneOf = (kind: Kind) => (kind === 'message' ? events : decisions);
  const waiting = () => events.queue.size() + decisions.queue.size();

  const adopting = store && setInterval(adopt, ADOPT_INTERVAL_MS);
  (adopting as { unref?: () => void } | undefined)?.unref?.();
  // After the caller had the time to listen.
  if (store) queueMicrotask(adopt);

  const flush = async (timeoutMs: number, hurry = false): Promise<FlushResult> => {
    adopt();
    const [said, told] = await Promise.all([events.flush(timeoutMs, hurry), decisions.flush(timeoutMs, hurry)]);
    const failed = said.ok ? told : said;
    return failed.ok ? failed : { ...failed, waiting: waiting() };
  };

  return {
    waiting,
    flush,
    /** How many would be lost if the process ended now. */
    atRisk: () => [events, decisions].flatMap(({ queue }) => queue.peek(Infinity, Infinity)).filter(isUnkept).length,
    /** Takes a message in; the promise tells what became of it. */
    record(kind: Kind, id: string, text: string): Promise<Result> {
      const bytes = countBytes(text);
      const lane = laneOf(kind);
      if (isClosed) return refuse(kind, id, text, 'closed');
      if (bytes > MAX_MESSAGE_BYTES) return refuse(kind, id, text, 'event_too_large');
      if (!lane.queue.fits(bytes)) return refuse(kind, id, text, 'queue_full');
      const number = store ? store.append(kind, text) : -1;
      return new Promise((resolve) => {
        lane.add({ kind, id, text, bytes, number, resolve });
      });
    },
    refuse,
    async close(timeoutMs: number): Promise<FlushResult> {
      isClosed = true;
      clearInterval(adopting);
      const result = await flush(timeoutMs, true);
      for (const lane of [events, decisions]) {
        lane.stop();
        for (const entry of lane.queue.peek(Infinity, Infinity))
          settle(entry, { ok: false, messageId: entry.id, reason: isUnkept(entry) ? 'closed' : 'spooled' });
      }
      store?.close();
      return result;
    },
  };

  function refuse(kind: Kind, id: string, text: string, reason: string): Promise<Result> {
    const result: Result = { ok: false, messageId: id, reason };
    settle({ kind, id, text, bytes: 0, number: -1 }, result);
    return Promise.resolve(result);
  }
}

const isUnkept = ({ number }: Entry) => number < 0;

function shareOptions(options: SluiceOptions, { gzip, now, random }: Platform, emitter: Emitter) {
  const endpoint = options.endpoint.replace(/\/$/, '');
  const { secretKey, gzip: isGzipped = true, fetch = globalThis.fetch.bind(globalThis) } = options;
  const timeoutMs = options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
  const encode = isGzipped ? gzip : (body: string) => body;
  return {
    bounds: {
      maxEvents: options.maxQueueEvents ?? DEFAULT_MAX_QUEUE_EVENTS,
      maxBytes: options.maxQueueBytes ?? DEFAULT_MAX_QUEUE_BYTES,
    },
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
