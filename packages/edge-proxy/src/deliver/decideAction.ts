import type { ErrorCode } from '@sluice/shared';
import type { KlaviyoAnswer } from '../klaviyo/client.ts';
import type { KlaviyoError } from '../klaviyo/errors.ts';
import type { Item } from '../map/item.ts';
import type { Lane } from './lane.ts';
import { MAX_RETRY_MS, MIN_PAUSE_MS } from './limits.ts';

/** An identifier that Klaviyo refused although another one of the item is good. */
export type Droppable = 'phone_number' | '_kx';

/** What happens to a job after its call. */
export type Action =
  | { kind: 'done' }
  | { kind: 'evict'; dead: Map<number, KlaviyoError>; duplicate: number[]; amend: Map<number, Droppable> }
  | { kind: 'settled'; dead: Map<number, KlaviyoError> }
  | { kind: 'split' }
  | { kind: 'bury'; reason: ErrorCode; error: KlaviyoError | undefined }
  | { kind: 'stop'; scope: 'account' | 'operation'; reason: ErrorCode }
  | { kind: 'pause'; reason: ErrorCode; delayMs: number }
  | { kind: 'retry'; delayMs: number };

interface SentJob {
  lane: Lane;
  items: readonly Item[];
  /** Tries before this one. */
  attempts: number;
}

/** Decides what becomes of a job: one row a kind of answer. Pure: the caller supplies chance. */
export function decideAction(answer: KlaviyoAnswer, job: SentJob, random: () => number): Action {
  if (answer.kind === 'no_answer') return { kind: 'retry', delayMs: backoff(job.attempts, random) };
  const { status, errors } = answer;
  const first = errors?.[0];
  if (status >= 200 && status < 300) return { kind: 'done' };
  switch (status) {
    case 400:
      return decideBadRequest(errors ?? [], job);
    case 401:
      return { kind: 'stop', scope: 'account', reason: 'klaviyo_key_invalid' };
    case 403:
      // An HTML 403 is the CDN's challenge, not Klaviyo's answer: it passes.
      return errors
        ? { kind: 'stop', scope: 'operation', reason: 'klaviyo_scope_missing' }
        : { kind: 'retry', delayMs: backoff(job.attempts, random) };
    case 404:
      return {
        kind: 'bury',
        reason: job.lane.name === 'subscribe' ? 'list_not_found' : 'klaviyo_rejected',
        error: first,
      };
    case 410:
      return { kind: 'stop', scope: 'operation', reason: 'revision_retired' };
    case 413:
      return job.items.length > 1 ? { kind: 'split' } : { kind: 'bury', reason: 'klaviyo_rejected', error: first };
    case 408:
      return { kind: 'retry', delayMs: backoff(job.attempts, random) };
    case 429:
      return {
        kind: 'pause',
        reason: 'klaviyo_rate_limited',
        delayMs: Math.max(MIN_PAUSE_MS, answer.retryAfterMs ?? backoff(job.attempts, random)),
      };
    default:
      if (status >= 500)
        return { kind: 'retry', delayMs: Math.max(answer.retryAfterMs ?? 0, backoff(job.attempts, random)) };
      // Klaviyo redirects nobody: something stands in between, or `baseUrl` is not quite right.
      if (status < 400) return { kind: 'retry', delayMs: backoff(job.attempts, random) };
      return { kind: 'bury', reason: 'klaviyo_rejected', error: first };
  }
}

/** A bad item dies alone: Klaviyo's pointers name it; without them halving finds it. */
function decideBadRequest(errors: readonly KlaviyoError[], { lane, items }: SentJob): Action {
  const evict = {
    kind: 'evict',
    dead: new Map<number, KlaviyoError>(),
    duplicate: [] as number[],
    amend: new Map<number, Droppable>(),
  } as const;
  for (const error of errors) {
    for (const index of error.pointer === undefined ? [] : lane.locate(error.pointer, items)) {
      const item = items[index];
      const droppable = item && droppableIdentifier(error.pointer ?? '', item);
      // We never send an id that is empty or too long, so Klaviyo can only mean that it has this one.
      if (error.pointer?.endsWith('/unique_id')) evict.duplicate.push(index);
      else if (droppable) evict.amend.set(index, droppable);
      else if (item) evict.dead.set(index, error);
    }
  }
  if (evict.dead.size + evict.duplicate.length + evict.amend.size > 0) return evict;
  return items.length > 1 ? { kind: 'split' } : { kind: 'bury', reason: 'klaviyo_rejected', error: errors[0] };
}

/** A bad phone or an expired `_kx` beside a good identifier costs itself, not the item. */
function droppableIdentifier(pointer: string, { who }: Item): Droppable | undefined {
  const { anonymous_id: _weak, ...strong } = who;
  const name = pointer.endsWith('/phone_number') ? 'phone_number' : pointer.endsWith('/_kx') ? '_kx' : undefined;
  if (name === undefined || who[name] === undefined) return undefined;
  const others = name === '_kx' ? Object.keys(who).length - 1 : Object.keys(strong).length - 1;
  return others > 0 ? name : undefined;
}

/** Exponential from one second, full jitter, so that many Workers do not come back at once. */
export function backoff(attempts: number, random: () => number): number {
  return Math.round(random() * Math.min(MAX_RETRY_MS, 1000 * 2 ** Math.min(attempts + 1, 20)));
}
