import type { Account, ImportReject } from '@sluice/shared';
import { chunkItems } from '../../deliver/chunkItems.ts';
import type { Dispatcher } from '../../deliver/Dispatcher.ts';
import { whoIs } from '../../deliver/readBack/contactsOf.ts';
import { storeItem } from '../../deliver/storedItem.ts';
import { logDefect } from '../../logDefect.ts';
import type { Item } from '../../map/item.ts';
import { mapUnsubscription } from '../../map/mapUnsubscription.ts';
import type { Decision } from '../decision.ts';
import { hmacHex } from '../hmac.ts';
import { ledgerSecret } from '../ledgerSecret.ts';
import { OPERATOR_IMPORT } from '../ownSources.ts';
import { type Recording, recordDecisions } from '../recordDecisions.ts';
import { knownAs } from '../subjects.ts';
import { IMPORT_CHUNK_DECISIONS } from './limits.ts';
import type { RawRow } from './readImport.ts';
import { type ImportedDecision, takeRow } from './takeRow.ts';

interface Importing extends Omit<Recording, 'notices' | 'dispatcher'> {
  dispatcher: Pick<DurableObjectStub<Dispatcher>, 'block' | 'store'>;
  settings: Account;
  receivedAtMs: number;
}

interface Imported {
  granted: number;
  denied: number;
  rejected: ImportReject[];
}

/**
 * Takes decisions of earlier times, a chunk at a time into the ledger and on to Klaviyo. `isComplete`: false where storage
 * failed on the way; sent again, what was written is not written twice.
 */
export async function importConsent(
  rows: readonly RawRow[],
  importing: Importing,
): Promise<Imported & { isComplete: boolean }> {
  const outcome: Imported = { granted: 0, denied: 0, rejected: [] };
  const decisions: ImportedDecision[] = [];
  for (const raw of rows) {
    const taken = takeRow(raw, { account: importing.settings, receivedAtMs: importing.receivedAtMs });
    if (!taken.ok) outcome.rejected.push({ row: raw.row, code: taken.code, message: taken.message });
    else {
      outcome[taken.decisions[0]?.decision ?? 'denied'] += 1;
      decisions.push(...taken.decisions);
    }
  }
  // Denials first: what fails on the way leaves rather somebody too few than too many to be mailed.
  const { granted = [], denied = [] } = Object.groupBy(decisions, ({ decision }) => decision);
  const ordered = [...denied, ...granted];
  for (let at = 0; at < ordered.length; at += IMPORT_CHUNK_DECISIONS) {
    const isStored = await take(ordered.slice(at, at + IMPORT_CHUNK_DECISIONS), importing);
    if (!isStored) return { ...outcome, isComplete: false };
  }
  return { ...outcome, isComplete: true };
}

async function take(chunk: readonly ImportedDecision[], importing: Importing): Promise<boolean> {
  const { account, dispatcher } = importing;
  const recorded = await recordDecisions(
    await Promise.all(chunk.map((imported) => toDecision(imported, importing))),
    importing,
  );
  if (!recorded.ok) return false;
  // As they stand in the ledger: a denial without a time that comes again is as old as it was, or it would undo a newer yes.
  const mapped = recorded.decisions.flatMap((decision, at) => toItems(chunk[at] as ImportedDecision, decision));
  const items = new Map(mapped.map((item) => [item.id, item]));
  const { yes = [], no = [] } = Object.groupBy(items.values(), ({ lane }) => (lane === 'subscribe' ? 'yes' : 'no'));
  try {
    for (const [of, isOptOut] of [[no, true] as const, [yes, false] as const]) {
      if (of.length > 0 && !(await dispatcher.store(account, chunkItems(of.map(storeItem)), { isOptOut })).ok)
        return false;
    }
    return true;
  } catch (error) {
    logDefect('imported consent not handed over', error);
    return false;
  }
}

async function toDecision(
  { channel, address, decision, list, decidedAtMs, evidence, identity }: ImportedDecision,
  { account, ledgerKeys, receivedAtMs }: Importing,
): Promise<Decision> {
  const [known] = await knownAs(account, whoIs({ channel, address }), ledgerKeys);
  if (!known) throw new Error('an imported decision has no address');
  // Keyed: the ledger outlives an erasure, and a plain hash of a row could be guessed back to it.
  const hash = await hmacHex(ledgerSecret(ledgerKeys, ledgerKeys.current), 'import', identity);
  const said = { purpose: channel, decision, list: list ?? '', decidedAtMs, receivedAtMs };
  const by = { source: OPERATOR_IMPORT, messageId: `import:${hash}`, evidence: { import: 'operator', ...evidence } };
  return { ...said, ...known, ...by };
}

function toItems(
  { channel, address, list }: ImportedDecision,
  { decision, messageId: id, decidedAtMs, receivedAtMs }: Decision,
): Item[] {
  const lists = list === null ? null : [list];
  if (decision === 'denied')
    return mapUnsubscription(
      { id, addresses: { [channel]: address }, lists, leaves: lists ?? [], decidedAtMs },
      receivedAtMs,
    );
  return [
    {
      lane: 'subscribe',
      id: `${id}#subscribe:${list}`,
      who: whoIs({ channel, address }),
      purpose: 'marketing',
      receivedAtMs,
      channels: [channel],
      list,
      decidedAtMs,
      historical: true,
    },
  ];
}
