import { MAX_NOTICES } from '../limits.ts';
import type { Condition } from './findConditions.ts';

/** What the webhook is told, once when a condition begins and once when it has ended. */
export type Alert = Condition & {
  /** The same through every try: born with the condition. */
  id: string;
  state: 'began' | 'ended';
  account: string;
  /** When it was noticed, epoch milliseconds. */
  atMs: number;
};

/** An alert that the webhook has not taken yet. */
export interface Notice {
  alert: Alert;
  tries: number;
  nextMs: number;
}

/** What lasts, by what it is about, and what is still to be told, in order. */
export interface AlertBook {
  active: Record<string, Alert>;
  notices: Notice[];
}

/** Compares what is wrong now with what was: `news` holds each beginning and each end once. */
export function bookAlerts(
  book: AlertBook,
  conditions: readonly Condition[],
  { account, nowMs }: { account: string; nowMs: number },
): { book: AlertBook; news: Alert[] } {
  const now = new Map(conditions.map((condition) => [keyOf(condition), condition]));
  const began = [...now]
    .filter(([key]) => !book.active[key])
    .map(([key, condition]) => ({ key, alert: beginning(key, condition, { account, nowMs }) }));
  const ended = Object.entries(book.active).filter(([key]) => !now.has(key));
  const lasting = Object.entries(book.active).filter(([key]) => now.has(key));
  const active = Object.fromEntries([...lasting, ...began.map(({ key, alert }) => [key, alert] as const)]);
  const news = [...ended.map(([, alert]) => ending(alert, nowMs)), ...began.map(({ alert }) => alert)];
  const notices = [...book.notices, ...news.map((alert) => ({ alert, tries: 0, nextMs: nowMs }))];
  // Where nobody listens the oldest go first: what is wrong now matters more. Each was a line in the log.
  return { book: { active, notices: notices.slice(-MAX_NOTICES) }, news };
}

/** One condition at a time of each kind, and of each operation or kind of withdrawal. */
function keyOf(condition: Condition): string {
  switch (condition.type) {
    case 'operation_stopped':
      return `${condition.type}:${condition.operation}`;
    case 'withdrawal_dead':
      return `${condition.type}:${condition.lane}`;
    default:
      return condition.type;
  }
}

function beginning(key: string, condition: Condition, { account, nowMs }: { account: string; nowMs: number }): Alert {
  return { ...condition, id: `${account}:${key}:${condition.sinceMs}:began`, state: 'began', account, atMs: nowMs };
}

function ending(alert: Alert, nowMs: number): Alert {
  return { ...alert, id: alert.id.replace(/began$/, 'ended'), state: 'ended', atMs: nowMs };
}
