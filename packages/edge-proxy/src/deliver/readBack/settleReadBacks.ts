import { MAX_REPAIRS } from '../../consent/limits.ts';
import type { Finding } from '../../consent/reconcile/compareConsent.ts';
import type { ConsentState } from '../../store/consentState.ts';
import { saveStatuses } from '../../store/subscriptionStatus.ts';
import type { Outbox } from '../Outbox.ts';
import { endReadBack, postponeReadBack, type ReadBack } from '../tables/readBacks.ts';
import type { Compared } from './compareContacts.ts';
import { enqueueRepairs, type Repair } from './enqueueRepairs.ts';
import { isChanging } from './isChanging.ts';
import { readOptIn } from './readOptIn.ts';
import { statusesOf } from './statusesOf.ts';

const MINUTE_MS = 60_000;

/** Repairs what differs, and plans when each contact is looked at next. */
export async function settleReadBacks(
  outbox: Outbox,
  due: readonly ReadBack[],
  compared: readonly Compared[],
): Promise<void> {
  const repairs = await Promise.all(compared.map((each) => repairsOf(outbox, each)));
  const { sql } = outbox;
  const now = outbox.now();
  const changing = isChanging(outbox);
  outbox.transaction(() => {
    for (const [index, row] of due.entries()) {
      const needed = repairs[index] ?? [];
      const { subject } = compared[index] as Compared;
      if (needed.length === 0) settle(sql, row, now);
      // A change that has not gone yet is not missing at Klaviyo.
      else if (changing(subject)) postponeReadBack(sql, { ...row, dueMs: now + MINUTE_MS });
      else if (row.repairs >= MAX_REPAIRS) giveUp(outbox, row);
      else {
        enqueueRepairs(outbox, needed);
        // The repair itself is read back once it was taken.
        postponeReadBack(sql, { ...row, dueMs: row.lastMs + MINUTE_MS, repairs: row.repairs + 1 });
      }
    }
  });
  await saveStatuses(outbox.ground.db, await statusesOf(outbox, due, compared));
}

/** Both say the same: it is looked at for the last time later, or was just now. */
function settle(sql: SqlStorage, row: ReadBack, nowMs: number): void {
  if (nowMs >= row.lastMs) endReadBack(sql, row);
  else postponeReadBack(sql, { ...row, dueMs: row.lastMs, repairs: 0 });
}

function giveUp({ account, sql }: Outbox, row: ReadBack): void {
  console.error(JSON.stringify({ message: 'consent at Klaviyo still differs', account, repairs: row.repairs }));
  endReadBack(sql, row);
}

async function repairsOf(outbox: Outbox, { consent, subject, states, findings }: Compared): Promise<Repair[]> {
  const of = { channel: consent.channel, address: consent.address, subject };
  const repairs: Repair[] = [];
  for (const finding of findings) {
    if (finding.kind !== 'learn' && (await mayRepair(outbox, finding, states))) repairs.push({ ...of, ...finding });
  }
  return repairs;
}

/** Where a list asks its people to confirm, the confirmation may still be coming: asking again would mail them again. */
async function mayRepair(
  outbox: Outbox,
  { kind, list, decidedAtMs }: Finding,
  states: readonly ConsentState[],
): Promise<boolean> {
  // Without a list the account's own process applies, which no API tells.
  if (kind === 'subscribe') return list !== '' && (await readOptIn(outbox, list)) === 'single_opt_in';
  const later = states.filter((state) => state.decision === 'granted' && state.decided_at > decidedAtMs);
  const optIns = await Promise.all(later.map((state) => readOptIn(outbox, state.list)));
  return optIns.every((optIn) => optIn === 'double_opt_in');
}
