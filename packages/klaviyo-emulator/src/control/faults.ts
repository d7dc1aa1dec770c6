import { drawFraction } from '../rate/drawFraction.ts';
import { checkFault } from './checkFault.ts';

/** One planned misbehaviour. Every field is optional; `{}` is one 500. */
export interface Fault {
  /** Operation ids of the OpenAPI document, e.g. 'create_event'. @default every operation */
  operation?: string | string[];
  /** @default 500, or 502 with `after` */
  status?: number;
  /** How many requests it hits; -1 means until the faults are replaced. @default 1, or -1 with `probability` */
  count?: number;
  /** How many matching requests it lets pass first. @default 0 */
  skip?: number;
  /** The share of matching requests that it hits, 0 to 1. Drawn from the seed: the same order, the same hits. @default 1 */
  probability?: number;
  /** Answers an HTML page instead of JSON, as a CDN in front of Klaviyo does. */
  html?: boolean;
  /** Waits in real time before answering; alone, the answer is late and well. */
  delayMs?: number;
  retryAfterSeconds?: number;
  /** Replaces the error body. */
  body?: unknown;
  /** The request takes effect, and its answer is lost. */
  after?: boolean;
  /** The connection breaks instead of answering: `fetch` rejects. */
  close?: boolean;
  /** Headers and half of the answer arrive, then the connection breaks. Without a status of its own it cuts the real answer. */
  truncate?: boolean;
  /** Never answers: ends with the request, with new faults, with `reset()` and with the server. */
  hang?: boolean;
}

export interface FaultPlan {
  /** Throws with the reason where one of them is no fault. */
  replace(faults: readonly Fault[]): void;
  remaining(): Fault[];
  /** The fault that hits this request, counted down; undefined when none does. */
  take(operation: string): Fault | undefined;
}

/** The plan as the API sees it. */
export interface FaultSource extends FaultPlan {
  /** Settles when the faults are replaced or the request is aborted. */
  ended(request: AbortSignal): Promise<void>;
}

interface Planned {
  readonly fault: Fault;
  readonly place: number;
  /** Matching requests that a probability was drawn for. */
  draws: number;
}

const ONCE = 1;
const UNTIL_REPLACED = -1;

export function createFaultPlan(seed: string): FaultSource {
  let plan: Planned[] = [];
  const hanging = new Set<() => void>();

  function isDrawn(planned: Planned): boolean {
    const { probability } = planned.fault;
    if (probability === undefined) return true;
    planned.draws += 1;
    return drawFraction(`${seed}/fault ${planned.place}/${planned.draws}`) < probability;
  }

  function countDown(hit: Planned): void {
    const count = hit.fault.count ?? (hit.fault.probability === undefined ? ONCE : UNTIL_REPLACED);
    if (count !== UNTIL_REPLACED) hit.fault.count = count - 1;
    if (hit.fault.count === 0) plan = plan.filter((each) => each !== hit);
  }

  return {
    replace(faults) {
      const wrong = faults.map(checkFault).find((problem) => problem !== undefined);
      if (wrong !== undefined) throw new TypeError(wrong);
      plan = faults.map((fault, place) => ({ fault: { ...fault }, place, draws: 0 }));
      for (const end of [...hanging]) end();
    },
    remaining: () => plan.map(({ fault }) => ({ ...fault })),
    take(operation) {
      for (const planned of plan) {
        const { fault } = planned;
        if (fault.operation !== undefined && ![fault.operation].flat().includes(operation)) continue;
        if (fault.skip) {
          fault.skip -= 1;
          continue;
        }
        if (!isDrawn(planned)) continue;
        countDown(planned);
        return fault;
      }
      return undefined;
    },
    ended: (request) =>
      new Promise((resolve) => {
        const end = () => {
          hanging.delete(end);
          request.removeEventListener('abort', end);
          resolve();
        };
        hanging.add(end);
        request.addEventListener('abort', end);
        if (request.aborted) end();
      }),
  };
}
