import { DEFAULT_MAX_QUEUE_BYTES, MAX_MESSAGE_BYTES } from '../limits.ts';
import type { FlushResult, Kind, SluiceOptions, TrackResult } from '../types.ts';
import { adoptInto } from './adoptInto.ts';
import { createArena, readText } from './createArena.ts';
import type { Emitter } from './createEmitter.ts';
import { createLane } from './createLane.ts';
import type { Entry } from './createQueue.ts';
import { createTeller } from './createTeller.ts';
import { type Platform, setUpLane } from './setUpLane.ts';

type Unflushed = Exclude<FlushResult, { ok: true }>;

export type Outbox = ReturnType<typeof createOutbox>;

/** Everything that waits: events in one lane, decisions about people in another that never waits behind them. */
export function createOutbox(options: SluiceOptions, platform: Platform, emitter: Emitter) {
  const { store } = platform;
  const maxBytes = options.maxQueueBytes ?? DEFAULT_MAX_QUEUE_BYTES;
  const arena = createArena();
  const setUp = { ...setUpLane(options, platform, emitter), onSettled };
  const events = createLane(setUp);
  const decisions = createLane({ ...setUp, maxCount: 1, flushAt: 1 });
  const lanes = [events, decisions];
  const laneOf = (kind: Kind) => (kind === 'message' ? events : decisions);
  const waiting = () => events.queue.size() + decisions.queue.size();
  let isClosed = false;
  const tell = createTeller(emitter);

  /** The one end of an entry. What the store has for the next process is not lost, so nobody is told that it is. */
  const conclude = (entry: Entry, result: TrackResult) => {
    entry.resolve?.(result);
    if (result.ok || result.reason !== 'spooled') tell(entry.kind, result, () => readText(entry));
  };

  function onSettled(entries: readonly Entry[], results: readonly TrackResult[]): void {
    store?.settle(entries.map(({ number }) => number));
    entries.forEach((entry, index) => {
      conclude(entry, results[index] as TrackResult);
    });
    adopt();
  }

  const refuse = (kind: Kind, messageId: string, reason: string, text: string): Promise<TrackResult> => {
    const result: TrackResult = { ok: false, messageId, reason };
    tell(kind, result, () => text);
    return Promise.resolve(result);
  };

  const flush = async (timeoutMs: number, hurry = false): Promise<FlushResult> => {
    adopt();
    const results = await Promise.all(lanes.map((lane) => lane.flush(timeoutMs, hurry)));
    const failed = results.find((result): result is Unflushed => !result.ok);
    return failed ? { ...failed, waiting: waiting() } : { ok: true };
  };

  const { adopt, stopAdopting } = adoptInto({
    store,
    arena,
    maxBytes,
    waiting,
    roomBytes: events.queue.roomBytes,
    add: (entry) => laneOf(entry.kind).add(entry),
  });

  return {
    waiting,
    flush,
    refuse,
    /** How many would be lost if the process ended now. */
    atRisk: () => lanes.flatMap(({ queue }) => queue.all()).filter(isUnkept).length,
    /** Takes a message in; the promise tells what became of it. */
    record(kind: Kind, id: string, text: string): Promise<TrackResult> {
      if (isClosed) return refuse(kind, id, 'closed', text);
      const lane = laneOf(kind);
      const place = arena.write(text, MAX_MESSAGE_BYTES);
      if (!place) return refuse(kind, id, 'event_too_large', text);
      if (!lane.queue.fits(place)) return refuse(kind, id, 'queue_full', text);
      const number = store ? store.append(kind, text) : -1;
      return new Promise((resolve) => {
        lane.add({ kind, id, chunk: place.chunk, start: place.start, end: place.end, number, resolve });
      });
    },
    async close(timeoutMs: number): Promise<FlushResult> {
      isClosed = true;
      const result = await flush(timeoutMs, true);
      stopAdopting();
      for (const { queue, stop } of lanes) {
        stop();
        for (const entry of queue.all())
          conclude(entry, { ok: false, messageId: entry.id, reason: isUnkept(entry) ? 'closed' : 'spooled' });
      }
      store?.close();
      return result;
    },
  };
}

const isUnkept = ({ number }: Entry) => number < 0;
