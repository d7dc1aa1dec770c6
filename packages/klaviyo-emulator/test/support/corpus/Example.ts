import type { OperationName } from '../../../src/operations.ts';

/** A good request of one operation. */
export interface Example {
  readonly operation: OperationName;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Filters, sorts and pages. */
  readonly collection?: true;
  /** The least it takes: without any single member it is wrong. */
  readonly body?: object;
  /** All that it takes. */
  readonly full?: object;
  /** An array of the body, and how many items are too many for it. */
  readonly bound?: { readonly at: string; readonly tooMany: number };
}
