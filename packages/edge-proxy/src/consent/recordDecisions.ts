import type { BlockOrder } from '../deliver/block.ts';
import { logDefect } from '../logDefect.ts';
import type { LedgerKeys } from '../settings.ts';
import { appendDecisions } from './appendDecisions.ts';
import type { Decision } from './decision.ts';
import type { OptOutNotice } from './optOutNotice.ts';
import { namesOf } from './subjects.ts';

export interface Recording {
  db: D1Database;
  dispatcher: { block(account: string, order: BlockOrder): Promise<string[]> };
  account: string;
  ledgerKeys: LedgerKeys;
  /** Opt-outs among these decisions that other systems are to be told of, once they hold. */
  notices?: readonly OptOutNotice[];
}

export type Recorded =
  /**
   * `inFlight`: ids of the items of withdrawn purposes that were on their way to Klaviyo at that moment. `decisions`: as the
   * ledger has them: of what comes again the first time counts. `isRepeat`: all of them came again.
   */
  | { ok: true; inFlight: string[]; decisions: Decision[]; isRepeat: boolean }
  | { ok: false; reason: 'contended' | 'unavailable' };

/**
 * Writes decisions into the ledger and shows them to the account's Dispatcher, which from then on sends nothing that
 * they withdraw, and notes where each chain ends. Once this has answered ok, they hold. What is recorded again is shown
 * again: an earlier try may have ended between the two.
 */
export async function recordDecisions(decisions: readonly Decision[], recording: Recording): Promise<Recorded> {
  const { db, dispatcher, account, ledgerKeys, notices = [] } = recording;
  try {
    const appended = await appendDecisions(db, account, decisions, ledgerKeys);
    if (!appended.ok) return appended;
    const denials = appended.decisions
      .filter(({ decision }) => decision === 'denied')
      .flatMap((denied) => {
        const { purpose, list, decidedAtMs } = denied;
        // A job that was frozen before the ledger's key was replaced knows the person by the old one.
        return namesOf(denied).map((subject) => ({ subject, purpose, list, decidedAtMs }));
      });
    const inFlight = await dispatcher.block(account, { denials, heads: appended.heads, notices });
    return { ok: true, inFlight, decisions: appended.decisions, isRepeat: appended.isRepeat };
  } catch (error) {
    // A database that is away is no defect of ours: the request may be sent again.
    logDefect('ledger unavailable', error);
    return { ok: false, reason: 'unavailable' };
  }
}
