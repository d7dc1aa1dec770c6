import { KEEPALIVE_BUDGET_BYTES, LEASE_MS } from '../limits.ts';
import { countBytes } from './countBytes.ts';
import { createBackoff } from './createBackoff.ts';
import type { Queue } from './createQueue.ts';
import type { Store } from './openStore.ts';
import { type Answer, isRetryable, post } from './post.ts';
import { withLock } from './withLock.ts';

/** One request: the entries it carries, its text, and what its final answer means. */
export interface Parcel {
  _path: string;
  _body: string;
  _queue: Queue;
  _keys: string[];
  _settle(answer: Answer): void;
}

interface SenderOptions {
  _endpoint: string;
  /** Name of the lock between tabs, and key of the pause a server asked for. */
  _name: string;
  _store: Store;
  /** The next request, without what was sent a moment ago; nothing when none is due. */
  _take(): Parcel | undefined;
  _isEmpty(): boolean;
}

/** Sends parcels one after the other. Entries leave storage only when an answer was read. */
export function createSender({ _endpoint, _name, _store, _take, _isEmpty }: SenderOptions) {
  const { _pause, _fail, _reset } = createBackoff(_store, _name);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueMs = Infinity;
  let inFlightBytes = 0;
  let isGone = false;

  const next = () => (_pause() ? undefined : _take());

  const wake = (delayMs: number) => {
    const atMs = Date.now() + delayMs;
    if (atMs >= dueMs) return;
    clearTimeout(timer);
    dueMs = atMs;
    timer = setTimeout(drain, delayMs);
  };

  const send = async ({ _path, _body, _queue, _keys, _settle }: Parcel, leaving?: boolean) => {
    const bytes = countBytes(_body);
    _queue._lease(_keys, Date.now());
    // Firefox before 133 has no keepalive. A beacon brings no answer, so the next page load sends the entries again.
    if (leaving && !('keepalive' in Request.prototype)) return void navigator.sendBeacon(_endpoint + _path, _body);
    inFlightBytes += bytes;
    const answer = await post(_endpoint + _path, _body, inFlightBytes <= KEEPALIVE_BUDGET_BYTES);
    inFlightBytes -= bytes;
    // A page that is torn down sees its requests fail, though they go on. The lease decides, not that failure.
    if (isGone && !answer._status) return;
    if (isRetryable(answer._status)) {
      _queue._lease(_keys, 0);
      _fail(answer._retryAfter);
      wake(_pause());
    } else {
      _reset();
      _queue._delete(_keys);
      _settle(answer);
    }
  };

  const drain = async (): Promise<void> => {
    clearTimeout(timer);
    dueMs = Infinity;
    await withLock(_name, async () => {
      for (let parcel = next(); parcel; parcel = next()) await send(parcel);
    });
    // What is left waits for a retry, or was sent by a page that may be gone.
    if (!_isEmpty()) wake(_pause() || LEASE_MS);
  };

  const resume = () => {
    isGone = false;
    _reset();
    // Nothing left from before: a drain would take what is recorded while it waits for the lock, one request each.
    if (!_isEmpty()) drain();
  };

  /** Sends everything in this very task, with requests that outlive the page. What does not fit stays stored. */
  const leave = () => {
    for (let parcel = next(); parcel; parcel = next()) {
      if (inFlightBytes + countBytes(parcel._body) > KEEPALIVE_BUDGET_BYTES) break;
      send(parcel, true);
    }
  };

  addEventListener('online', resume);
  addEventListener('pagehide', () => {
    leave();
    isGone = true;
  });
  // On document: Safari before 14 does not let it bubble to window.
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : resume()));

  return { _wake: wake, _drain: drain, _resume: resume };
}
