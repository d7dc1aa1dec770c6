/** One planned misbehaviour. Every field is optional; `{}` is one 500. */
export interface Fault {
  /** Operation id of the OpenAPI document, e.g. 'create_event'. @default every operation */
  operation?: string;
  /** @default 500, or 502 with `after` */
  status?: number;
  /** How many requests it hits; -1 means until the faults are replaced. @default 1 */
  count?: number;
  /** How many matching requests pass unharmed first. @default 0 */
  skip?: number;
  /** Answers an HTML page instead of JSON, as a CDN in front of Klaviyo does. */
  html?: boolean;
  /** Waits in real time before answering. */
  delayMs?: number;
  retryAfterSeconds?: number;
  /** Replaces the error body. */
  body?: unknown;
  /** The request takes effect, and its answer is lost. */
  after?: boolean;
  /** The connection breaks instead of answering: `fetch` rejects. */
  close?: boolean;
}

export interface FaultPlan {
  replace(faults: readonly Fault[]): void;
  remaining(): Fault[];
  /** The fault that hits this request, counted down; undefined when none does. */
  take(operation: string): Fault | undefined;
}

export function createFaultPlan(): FaultPlan {
  let plan: Fault[] = [];
  return {
    replace(faults) {
      plan = faults.map((fault) => ({ ...fault }));
    },
    remaining: () => plan.map((fault) => ({ ...fault })),
    take(operation) {
      const fault = plan.find((each) => each.operation === undefined || each.operation === operation);
      if (!fault) return undefined;
      if ((fault.skip ?? 0) > 0) {
        fault.skip = (fault.skip ?? 0) - 1;
        return undefined;
      }
      const count = fault.count ?? 1;
      if (count > 0) fault.count = count - 1;
      if (fault.count === 0) plan = plan.filter((each) => each !== fault);
      return fault;
    },
  };
}
