import type { ErrorCode } from '@sluice/shared';
import type { KlaviyoAnswer } from '../klaviyo/client.ts';
import type { KlaviyoError } from '../klaviyo/errors.ts';
import type { Lane } from './lane.ts';
import { MAX_LOOK_UPS, MAX_RETRY_MS, MAX_TRIES_ALONE, MAX_TRIES_TOGETHER, MIN_PAUSE_MS } from './limits.ts';
import { countSorted, type Sorted, sortErrors } from './sortErrors.ts';
import type { StoredItem } from './storedItem.ts';

/** What happens to a job after its call. */
export type Action =
  | { kind: 'done' }
  /** Klaviyo refused some items; the rest goes again at once, since it may have taken none. */
  | ({ kind: 'evict' } & Sorted)
  /** Klaviyo took all but some items. */
  | ({ kind: 'settled' } & Sorted)
  | { kind: 'split' }
  | { kind: 'bury'; reason: ErrorCode; error: KlaviyoError | undefined }
  | { kind: 'stop'; scope: 'account' | 'operation'; reason: ErrorCode }
  | { kind: 'pause'; reason: ErrorCode; delayMs: number }
  /** Not sent, for our own limits: no try is counted. */
  | { kind: 'wait'; delayMs: number }
  | { kind: 'retry'; delayMs: number };

interface SentJob {
  lane: Lane;
  run: string;
  items: readonly StoredItem[];
  /** Tries before this one. */
  attempts: number;
  /** Klaviyo has taken another call of the kind since this job was made: it is well, and the trouble is in here. */
  othersTaken: boolean;
}

/**
 * Decides what becomes of a job. Pure: the caller supplies chance. What fails again and again while others are taken is
 * halved, until the item that a firewall or a bug of Klaviyo's stumbles over is alone and dies.
 */
export function decideAction(answer: KlaviyoAnswer, job: SentJob, random: () => number): Action {
  const action = decideAnswer(answer, job, random);
  const tries = job.attempts + 1;
  if (action.kind !== 'retry' || !job.othersTaken || tries < MAX_TRIES_TOGETHER) return action;
  if (job.items.length > 1) return { kind: 'split' };
  return tries < MAX_TRIES_ALONE ? action : { kind: 'bury', reason: 'klaviyo_rejected', error: undefined };
}

/** One row a kind of answer. */
function decideAnswer(answer: KlaviyoAnswer, job: SentJob, random: () => number): Action {
  const retry = { kind: 'retry', delayMs: backoff(job.attempts, random) } as const;
  if (answer.kind === 'no_answer') return answer.why === 'paced' ? { kind: 'wait', delayMs: MIN_PAUSE_MS } : retry;
  const { status, errors } = answer;
  const rejected = { kind: 'bury', reason: 'klaviyo_rejected', error: errors?.[0] } as const;
  if (status >= 200 && status < 300) return { kind: 'done' };
  switch (status) {
    case 400:
      return decideRefused(errors ?? [], job);
    case 401:
      return { kind: 'stop', scope: 'account', reason: 'klaviyo_key_invalid' };
    case 403:
      // An HTML 403 is the CDN's challenge, not Klaviyo's answer: it passes.
      return errors ? { kind: 'stop', scope: 'operation', reason: 'klaviyo_scope_missing' } : retry;
    case 404:
      // Without Klaviyo's error it is somebody else's answer: a wrong address, or a gateway.
      if (!errors) return retry;
      // A profile may be gone since its id was looked up.
      if (job.lane.lookUp?.(job.run) && job.attempts + 1 < MAX_LOOK_UPS) return retry;
      return { ...rejected, reason: namesList(job) ? 'list_not_found' : 'klaviyo_rejected' };
    case 408:
      return retry;
    case 409:
      return job.lane.onConflict ? decideRefused((errors ?? []).map(asConflict), job) : rejected;
    case 410:
      return { kind: 'stop', scope: 'operation', reason: 'revision_retired' };
    case 413:
      return job.items.length > 1 ? { kind: 'split' } : rejected;
    case 429:
      return {
        kind: 'pause',
        reason: 'klaviyo_rate_limited',
        delayMs: Math.max(MIN_PAUSE_MS, answer.retryAfterMs ?? retry.delayMs),
      };
    default:
      if (status >= 500) return { ...retry, delayMs: Math.max(answer.retryAfterMs ?? 0, retry.delayMs) };
      // Klaviyo redirects nobody: something stands in between, or `baseUrl` is not quite right.
      return status < 400 ? retry : rejected;
  }
}

/** A bad item dies alone: Klaviyo's pointers name it; without them halving finds it. */
export function decideRefused(
  errors: readonly KlaviyoError[],
  { lane, items }: Pick<SentJob, 'lane' | 'items'>,
): Action {
  const sorted = sortErrors(errors, lane, items);
  if (countSorted(sorted) > 0) return { kind: 'evict', ...sorted };
  return items.length > 1 ? { kind: 'split' } : { kind: 'bury', reason: 'klaviyo_rejected', error: errors[0] };
}

/** Whatever a 409 calls itself. */
function asConflict(error: KlaviyoError): KlaviyoError {
  return { ...error, code: 'duplicate_profile' };
}

function namesList({ items }: SentJob): boolean {
  return items.some((item) => 'list' in item && item.list !== null);
}

/** Exponential from one second, full jitter, so that many Workers do not come back at once. */
export function backoff(attempts: number, random: () => number): number {
  return Math.round(random() * Math.min(MAX_RETRY_MS, 1000 * 2 ** Math.min(attempts + 1, 20)));
}
