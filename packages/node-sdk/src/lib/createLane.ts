import type { FlushResult, Kind, Problem } from '../types.ts';
import { buildRequest } from './buildRequest.ts';
import { createBackoff } from './createBackoff.ts';
import type { Verdict } from './createLedger.ts';
import { type Bounds, createQueue, type Entry } from './createQueue.ts';
import { createSteps } from './createSteps.ts';
import { createWaker } from './createWaker.ts';
import { type Answer, type Body, isRetryable, readCode } from './post.ts';
import { readAnswer } from './readAnswer.ts';

export interface LaneOptions {
  /** Entries a request carries at most. */
  maxCount: number;
  maxBatchBytes: number;
  /** Entries after which a request starts at once, and how long one waits at most. */
  flushAt: number;
  flushIntervalMs: number;
  /** JSON of the `context` that holds for all messages. */
  context: string;
  now: () => number;
  random: () => number;
  post: (path: string, body: Body) => Promise<Answer>;
  /** Entries were answered for good. */
  onSettled(entries: readonly Entry[], verdicts: readonly Verdict[]): void;
  report(problem: Problem): void;
}

/** One queue and who empties it: one request at a time, its entries resent unchanged until they are answered. */
export function createLane(options: LaneOptions) {
  const { maxBatchBytes, flushAt, flushIntervalMs, now, random, report } = options;
  const queue = createQueue();
  const backoff = createBackoff({ now, random });
  const waker = createWaker(now, drain);
  const steps = createSteps();
  let maxCount = options.maxCount;
  let isDraining = false;
  let isStopped = false;

  const fail = ({ status, retryAfter, data }: Answer) => {
    const opens = backoff.fail(retryAfter);
    const answer = [status, readCode(data)].filter((part) => part !== undefined).join(' ');
    const what = status === 0 ? 'A request got no answer' : `A request was answered with ${answer}`;
    report({ code: 'request_failed', message: `${what}; ${queue.size()} wait and are sent again.` });
    if (opens) report({ code: 'circuit_opened', message: 'From here on single messages try whether it is over.' });
  };

  const send = async (): Promise<void> => {
    // An open circuit is tried with a single message: a server that comes back gets no flood at once.
    const entries = queue.peek(backoff.isOpen() ? 1 : maxCount, maxBatchBytes);
    const { path, body } = buildRequest(entries, options.context, Date.now());
    const answer = await options.post(path, body);
    if (isStopped) return;
    if (isRetryable(answer)) return fail(answer);
    backoff.succeed();
    if (answer.status === 413 && entries.length > 1) {
      // Something on the way takes less than we send.
      maxCount = Math.ceil(entries.length / 2);
      return;
    }
    queue.shift(entries);
    options.onSettled(entries, readAnswer(answer, entries.length));
  };

  /** Sends until nothing waits, or until a pause is due. */
  async function drain(): Promise<void> {
    if (isDraining) return;
    isDraining = true;
    waker.sleep();
    while (!isStopped && queue.size() > 0 && backoff.pauseMs() === 0) {
      await send();
      steps.done();
    }
    isDraining = false;
    if (!isStopped && queue.size() > 0) waker.wake(backoff.pauseMs());
  }

  return {
    queue,
    /** Takes a text in and sees to it that it is sent, or says which bound forbids it. */
    add(kind: Kind, text: string, bounds: Bounds): ReturnType<typeof queue.push> {
      const entry = queue.push(kind, text, bounds);
      if (typeof entry === 'string' || isDraining) return entry;
      // Never in this very turn of the event loop: what it still adds goes with it.
      if (queue.size() === flushAt) waker.wake(0);
      else if (!waker.isSet()) waker.wake(flushIntervalMs);
      return entry;
    },
    /** Sends what waits now, for at most so long. The last flush tries at once, and gives an open circuit its time. */
    async flush(timeoutMs: number, isLast: boolean): Promise<FlushResult> {
      const goal = queue.added();
      const untilMs = now() + timeoutMs;
      if (isLast) backoff.hurry();
      while (queue.settled() < goal) {
        const leftMs = untilMs - now();
        const pauseMs = backoff.pauseMs();
        if (pauseMs > 0 && backoff.isOpen() && !isLast)
          return { ok: false, waiting: queue.size(), reason: 'circuit_open' };
        if (pauseMs >= leftMs) return { ok: false, waiting: queue.size(), reason: 'timeout' };
        if (pauseMs === 0) void drain();
        await steps.next(pauseMs || leftMs);
      }
      return { ok: true };
    },
    /** For good. An answer that still comes is no longer anyone's. */
    stop() {
      isStopped = true;
      waker.sleep();
    },
  };
}
