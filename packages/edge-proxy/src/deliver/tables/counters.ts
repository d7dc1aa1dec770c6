import type { LaneName } from '../../map/item.ts';

/** `accepted` counts what came in; every item ends in exactly one of the others. */
export type Outcome = 'accepted' | 'delivered' | 'refused' | 'dead' | 'duplicate';

export interface Count {
  lane: LaneName;
  outcome: Outcome;
  /** A code; "" where the outcome needs none. */
  reason: string;
  n: number;
}

/** Changes a sum alone: for items whose outcome is taken back, or known under another reason from now on. */
export function shiftCount(sql: SqlStorage, { lane, outcome, reason, n }: Count): void {
  if (n === 0) return;
  const query =
    'INSERT INTO counters (lane, outcome, reason, n) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n';
  sql.exec(query, lane, outcome, reason, n);
}
