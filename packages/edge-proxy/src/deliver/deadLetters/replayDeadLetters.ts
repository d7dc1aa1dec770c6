import type { DeadLetterFilter } from '@sluice/shared';
import { chunkItems } from '../chunkItems.ts';
import { sumWaiting } from '../figures/countWaiting.ts';
import { readLine } from '../itemLine.ts';
import { DEAD_SCAN_ROWS, HIGH_WATER_ITEMS, REPLAY_PIECE_ITEMS } from '../limits.ts';
import type { Outbox } from '../Outbox.ts';
import type { StoredItem } from '../storedItem.ts';
import { shiftCount } from '../tables/counters.ts';
import { type DeadRow, deleteDead, type Place, readDead, readDeadById, sumDead } from '../tables/deadLetters.ts';
import { addToMinute } from '../tables/minutes.ts';

/** Which dead letters to send again: those of some items, or those that pass a filter, from a place on. */
export type ReplayPiece = { ids: string[] } | { filter: DeadLetterFilter; from?: ReplayPlace };

/** How far a replay has come. What dies after it began is none of its business, or it might never end. */
export interface ReplayPlace {
  after: Place;
  untilMs: number;
}

export interface Replayed {
  replayed: number;
  /** Where the next piece begins; null after the last. */
  next: ReplayPlace | null;
  /** No more may wait now. */
  full: boolean;
}

/**
 * Moves one piece of the dead letters back into the inbox, under the ids that they have: from there they go through
 * consent, once-keys and limits like everything else, and their age counts anew.
 */
export function replayDeadLetters(outbox: Outbox, piece: ReplayPiece): Replayed {
  const now = outbox.now();
  const { rows, next } = readPiece(outbox.sql, piece, now);
  if (sumWaiting(outbox) + rows.length > HIGH_WATER_ITEMS) return { replayed: 0, next: null, full: true };
  outbox.transaction(() => move(outbox, rows, now));
  return { replayed: rows.length, next, full: false };
}

function readPiece(sql: SqlStorage, piece: ReplayPiece, now: number): { rows: DeadRow[]; next: ReplayPlace | null } {
  if ('ids' in piece) return { rows: readDeadById(sql, piece.ids), next: null };
  const untilMs = piece.from?.untilMs ?? now + 1;
  const filter = { ...piece.filter, until: Math.min(piece.filter.until ?? untilMs, untilMs) };
  const after = piece.from?.after;
  const { rows, next } = readDead(sql, { filter, after, limit: REPLAY_PIECE_ITEMS, scan: DEAD_SCAN_ROWS });
  return { rows, next: next && { after: next, untilMs } };
}

/** From dead to waiting: what came in and what is accounted for stay equal. Runs in one transaction. */
function move({ sql, inbox }: Outbox, rows: readonly DeadRow[], now: number): void {
  deleteDead(sql, rows);
  for (const { n, ...dead } of sumDead(rows)) shiftCount(sql, { ...dead, outcome: 'dead', n: -n });
  for (const chunk of chunkItems(rows.map((row) => revive(row, now)))) {
    inbox.add(chunk, now);
    addToMinute(sql, { lane: chunk.lane, outcome: 'replayed', n: chunk.count }, now);
  }
}

function revive({ item, attempts }: DeadRow, now: number): StoredItem {
  return { ...readLine(item), replayed: { atMs: now, attempts } };
}
