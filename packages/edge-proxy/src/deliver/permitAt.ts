import type { Operation } from '../klaviyo/operations.ts';
import { nextPermit } from './nextPermit.ts';
import type { Outbox } from './Outbox.ts';
import { readCalls } from './tables/calls.ts';

/** When the account's limits allow the next call of an operation. */
export function permitAt(outbox: Outbox, operation: Operation): number {
  const calls = readCalls(outbox.sql, operation);
  return nextPermit(calls, outbox.limitOf(operation), outbox.klaviyo.share, outbox.now());
}
