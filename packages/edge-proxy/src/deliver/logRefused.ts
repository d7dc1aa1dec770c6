import type { ErrorCode } from '@sluice/shared';
import type { LaneName } from '../map/item.ts';
import { MAX_LOGGED_ENTRIES } from './limits.ts';
import type { Denial } from './tables/blocked.ts';

/** The entry of the ledger that decided: the last one of its subject, purpose and list. */
export type Decider = Denial;

export interface Refused {
  account: string;
  lane: LaneName;
  reason: ErrorCode;
  /** Of each item that was refused; undefined where no entry decided. */
  deciders: readonly (Decider | undefined)[];
}

/** Tells the log by which entries of the ledger items were refused, and how many by each. Subjects are pseudonyms. */
export function logRefused({ account, lane, reason, deciders }: Refused): void {
  const entries = new Map<string, Decider & { items: number }>();
  for (const decider of deciders) {
    if (!decider) continue;
    const { subject, purpose, list, decidedAtMs } = decider;
    const key = JSON.stringify([subject, purpose, list]);
    entries.set(key, { subject, purpose, list, decidedAtMs, items: (entries.get(key)?.items ?? 0) + 1 });
  }
  const all = [...entries.values()];
  for (let from = 0; from < all.length; from += MAX_LOGGED_ENTRIES)
    console.log(
      JSON.stringify({
        message: 'refused',
        account,
        lane,
        reason,
        entries: all.slice(from, from + MAX_LOGGED_ENTRIES),
      }),
    );
}
