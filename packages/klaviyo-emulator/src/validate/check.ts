import type { Assumptions } from '../assumptions.ts';
import { MAX_ISSUES } from '../limits.ts';

/** One thing wrong with a request body; `pointer` is an RFC 6901 JSON pointer. */
export interface Issue {
  pointer: string;
  detail: string;
}

/** What a check writes to, and the few facts it may read. */
export interface Inspection {
  readonly issues: Issue[];
  readonly nowMs: number;
  readonly assume: Assumptions;
}

export type Check = (value: unknown, at: string, on: Inspection) => void;

export function complain(on: Inspection, pointer: string, detail: string): void {
  // Nobody reads more, and a body of 5 MB could fill the memory with what is wrong with it.
  if (on.issues.length < MAX_ISSUES) on.issues.push({ pointer, detail });
}

/** Runs one check after the other on the same value. */
export function all(...checks: Check[]): Check {
  return (value, at, on) => {
    for (const check of checks) check(value, at, on);
  };
}

export function inspect(check: Check, body: unknown, facts: Omit<Inspection, 'issues'>): Issue[] {
  const on: Inspection = { ...facts, issues: [] };
  check(body, '', on);
  return on.issues;
}
