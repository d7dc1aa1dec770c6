import { OWN_OPT_OUT_MS } from '../consent/limits.ts';
import { forgetDeadLetters } from './deadLetters/forgetDeadLetters.ts';
import { MINUTES_TTL_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { forgetAnswers } from './tables/answers.ts';
import { forgetBlocks, lastBlock } from './tables/blocked.ts';
import { forgetCopies } from './tables/copies.ts';
import { oldestAsked } from './tables/jobs.ts';
import { forgetMinutes } from './tables/minutes.ts';
import { forgetOnce } from './tables/once.ts';
import { forgetOptOuts } from './tables/optOuts.ts';
import { forgetOwnOptOuts } from './tables/ownOptOuts.ts';

const DAY_MS = 24 * 3_600_000;

/** Forgets what is old enough: each table by its own retention. */
export function sweep(outbox: Outbox): void {
  const { sql, settings } = outbox;
  const now = outbox.now();
  forgetOnce(sql, now);
  forgetCopies(sql, now - settings.config.retentionDays.deadLetters * DAY_MS);
  outbox.transaction(() => forgetMinutes(sql, now - MINUTES_TTL_MS));
  forgetBlocks(sql, knownToAll(outbox));
  forgetOptOuts(sql, now - settings.config.retentionDays.deadLetters * DAY_MS);
  forgetOwnOptOuts(sql, now - OWN_OPT_OUT_MS);
  forgetAnswers(sql, now - MINUTES_TTL_MS);
  forgetDeadLetters(outbox, now - settings.config.retentionDays.deadLetters * DAY_MS);
}

/** The last block that every job and every freezing knew of when it read the ledger. */
function knownToAll({ sql, freezing }: Outbox): number {
  return Math.min(lastBlock(sql), oldestAsked(sql) ?? Number.POSITIVE_INFINITY, ...freezing.values());
}
