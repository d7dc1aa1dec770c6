import { DEFAULT_MAX_QUEUE_BYTES, DEFAULT_MAX_QUEUE_EVENTS, MAX_MESSAGE_BYTES } from '../limits.ts';
import type { FlushResult, Kind, SluiceOptions, TrackResult } from '../types.ts';
import { adoptInto } from './adoptInto.ts';
import type { Emitter } from './createEmitter.ts';
import { createLane } from './createLane.ts';
import type { Verdict } from './createLedger.ts';
import { type Bounds, type Entry, keep, kindOf, numberOf, readText } from './createQueue.ts';
import { createTeller } from './createTeller.ts';
import { Receipt } from './Receipt.ts';
import { readJson } from './readJson.ts';
import { type Platform, setUpLane } from './setUpLane.ts';

type Unflushed = Exclude<FlushResult, { ok: true }>;

/** What an earlier process left was within its bounds, and is in no other place. */
const UNBOUNDED: Bounds = { maxEvents: Infinity, maxBytes: Infinity, maxEntryBytes: Infinity };

/** Everything that waits: events in one lane, decisions about people in another that never waits behind them. */
export function createOutbox(options: SluiceOptions, platform: Platform, emitter: Emitter) {
  const { store } = platform;
  const bounds: Bounds = {
    maxEvents: options.maxQueueEvents ?? DEFAULT_MAX_QUEUE_EVENTS,
    maxBytes: options.maxQueueBytes ?? DEFAULT_MAX_QUEUE_BYTES,
    maxEntryBytes: MAX_MESSAGE_BYTES,
  };
  const setUp = { ...setUpLane(options, platform, emitter), onSettled };
  const events = createLane(setUp);
  const decisions = createLane({ ...setUp, maxCount: 1, flushAt: 1 });
  const lanes = [events, decisions];
  const laneOf = (kind: Kind) => (kind === 'message' ? events : decisions);
  const waiting = () => events.queue.size() + decisions.queue.size();
  let isClosed = false;
  const tell = createTeller(emitter);

  /** The one end of an entry. What the store has for the next process is not lost, so nobody is told that it is. */
  const conclude = (entry: Entry, verdict: Verdict) => {
    entry.page.ledger.settle(entry.at, verdict);
    if (verdict.ok || verdict.reason !== 'spooled') tell(kindOf(entry), verdict, () => readJson(readText(entry)));
  };

  function onSettled(entries: readonly Entry[], verdicts: readonly Verdict[]): void {
    store?.settle(entries.map(numberOf));
    entries.forEach((entry, index) => {
      conclude(entry, verdicts[index] as Verdict);
    });
    adopt();
  }

  const refuse = (kind: Kind, messageId: string, reason: string, text: string): Promise<TrackResult> => {
    tell(kind, { ok: false, reason }, () => ({ ...readJson(text), messageId }));
    return Promise.resolve({ ok: false, messageId, reason });
  };

  const flush = async (timeoutMs: number, isLast = false): Promise<FlushResult> => {
    adopt();
    const results = await Promise.all(lanes.map((lane) => lane.flush(timeoutMs, isLast)));
    const failed = results.find((result): result is Unflushed => !result.ok);
    return failed ? { ...failed, waiting: waiting() } : { ok: true };
  };

  const { adopt, stopAdopting } = adoptInto({
    store,
    // Half of the memory stays free for what is new; where nothing waits, one segment may be larger than that.
    roomBytes() {
      if (waiting() === 0) return Infinity;
      return events.queue.size() < bounds.maxEvents / 2 ? bounds.maxBytes / 2 - events.queue.bytes() : 0;
    },
    add({ kind, text, number }) {
      const entry = laneOf(kind).add(kind, text, UNBOUNDED);
      if (typeof entry === 'object') keep(entry, number);
    },
  });

  return {
    waiting,
    flush,
    refuse,
    /** How many would be lost if the process ended now. */
    atRisk: () => lanes.flatMap(({ queue }) => queue.peek(Infinity, Infinity)).filter(isUnkept).length,
    /** Takes a message in; the promise tells what became of it. */
    record(kind: Kind, id: string, text: string): Promise<TrackResult> {
      if (isClosed) return refuse(kind, id, 'closed', text);
      const entry = laneOf(kind).add(kind, text, bounds);
      if (typeof entry === 'string') return refuse(kind, id, entry, text);
      if (store) keep(entry, store.append(kind, text));
      return new Receipt(entry.page.ledger, entry.at, id);
    },
    /** What comes while it flushes is taken too: a server that ends still finishes the orders that it has. */
    async close(timeoutMs: number): Promise<FlushResult> {
      const untilMs = platform.now() + timeoutMs;
      let result = await flush(timeoutMs, true);
      stopAdopting();
      while (result.ok && waiting() > 0) result = await flush(untilMs - platform.now(), true);
      isClosed = true;
      for (const { queue, stop } of lanes) {
        stop();
        for (const entry of queue.peek(Infinity, Infinity))
          conclude(entry, { ok: false, reason: isUnkept(entry) ? 'closed' : 'spooled' });
      }
      store?.close();
      return result;
    },
  };
}

const isUnkept = (entry: Entry) => numberOf(entry) < 0;
