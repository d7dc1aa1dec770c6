import { FORGET_PIECE_ROWS } from '../limits.ts';
import type { Outbox } from '../Outbox.ts';
import { shiftCount } from '../tables/counters.ts';
import { deleteDead, readOldestDead, sumDead } from '../tables/deadLetters.ts';

/**
 * Removes dead letters past their retention, a bounded number a call. They stay counted as dead, under the reason
 * `retention_passed`: what the table holds and what it held add up.
 */
export function forgetDeadLetters(outbox: Outbox, beforeMs: number): number {
  const { sql } = outbox;
  const rows = readOldestDead(sql, beforeMs, FORGET_PIECE_ROWS);
  if (rows.length === 0) return 0;
  outbox.transaction(() => {
    deleteDead(sql, rows);
    for (const { lane, reason, n } of sumDead(rows)) {
      shiftCount(sql, { lane, outcome: 'dead', reason, n: -n });
      shiftCount(sql, { lane, outcome: 'dead', reason: 'retention_passed', n });
    }
  });
  return rows.length;
}
