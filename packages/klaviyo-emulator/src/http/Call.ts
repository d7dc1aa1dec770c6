import type { OperationName } from '../operations.ts';
import type { Account, World } from '../state/types.ts';
import type { Check } from '../validate/check.ts';

/** One request that passed authentication, limits and its body check. */
export interface Call {
  readonly world: World;
  readonly account: Account;
  readonly operation: OperationName;
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly nowMs: number;
  /** Scheme and host for links. */
  readonly origin: string;
  readonly path: string;
}

export interface Answer {
  readonly status: number;
  /** Absent: an empty answer. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface Route {
  readonly operation: OperationName;
  /** The body's shape; absent for operations without a body. */
  readonly check?: Check;
  /** How many events, profiles or ids a body carries, for the request log. */
  readonly countItems?: (body: unknown) => number;
  /** What the request log may keep of a body. @default all of it */
  readonly conceal?: (body: unknown) => unknown;
  readonly handle: (call: Call) => Answer;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const accepted = (): Answer => ({ status: 202 });
