import type { ErrorCode } from '@sluice/shared';
import type { Operation } from '../../klaviyo/operations.ts';
import type { Outbox } from '../Outbox.ts';
import type { Stops } from '../stops.ts';
import type { Count } from '../tables/counters.ts';
import { type MinuteCount, readMinutes } from '../tables/minutes.ts';
import { readCounts } from '../tables/outcomes.ts';
import type { LastError } from './noteAnswer.ts';
import { type Backlog, readBacklog } from './readBacklog.ts';
import { type OperationFigures, readOperations } from './readOperations.ts';

/** Whether Klaviyo takes anything of the account at all. */
type AccountState = { state: 'open' } | { state: 'stopped'; reason: ErrorCode; sinceMs: number };

/** What an operator sees of one account's delivery. `accepted = waiting + delivered + refused + dead + duplicate`. */
export interface Figures {
  account: AccountState;
  /** Items by lane. */
  waiting: Record<string, number>;
  /** The same with their age. */
  backlog: Record<string, Backlog>;
  /** Since the beginning, by lane, outcome and reason. */
  counts: Count[];
  /** What is closed now: the account, or single operations. */
  stops: Stops;
  operations: Partial<Record<Operation, OperationFigures>>;
  lastError: LastError | null;
  /** Events that no release could read before they grew too old. They never became items; the log has a line of each. */
  unreadable: number;
  /** By minute, lane and outcome, as far back as was asked. */
  minutes: MinuteCount[];
}

/** The figures of now. `minutes`: how many minutes back. */
export function readFigures(outbox: Outbox, minutes: number): Figures {
  const { sql, stops } = outbox;
  const now = outbox.now();
  const backlog = readBacklog(outbox);
  return {
    account: readAccountState(stops, now),
    waiting: Object.fromEntries(Object.entries(backlog).map(([lane, { items }]) => [lane, items])),
    backlog,
    counts: readCounts(sql),
    stops,
    operations: readOperations(outbox),
    lastError: outbox.lastError ?? null,
    unreadable: outbox.unreadable,
    minutes: readMinutes(sql, now - minutes * 60_000, now + 1),
  };
}

export function readAccountState({ account }: Stops, nowMs: number): AccountState {
  return account ? { state: 'stopped', reason: account.reason, sinceMs: account.sinceMs ?? nowMs } : { state: 'open' };
}
