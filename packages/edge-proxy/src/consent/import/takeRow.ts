import { type Account, type Channel, type ErrorCode, ImportRowSchema, normalizeEmail } from '@sluice/shared';
import { normalizePhone } from '@sluice/shared/phone';
import type { RawRow } from './readImport.ts';

/** One decision that an import brings. */
export interface ImportedDecision {
  channel: Channel;
  /** Normalised. */
  address: string;
  decision: 'granted' | 'denied';
  /** Null, of a denial alone: all marketing by this channel. */
  list: string | null;
  decidedAtMs: number;
  evidence: Record<string, string>;
  /** What tells the row from others; the same whenever it is sent. */
  identity: string;
}

type TakenRow = { ok: true; decisions: ImportedDecision[] } | { ok: false; code: ErrorCode; message: string };

interface Context {
  account: Account;
  receivedAtMs: number;
}

/** Checks one row. A grant needs evidence; of a denial all that can be understood is taken. Pure. */
export function takeRow({ cells }: RawRow, { account, receivedAtMs }: Context): TakenRow {
  if (cells === undefined)
    return reject('row_invalid', 'It cannot be read, or has more or fewer fields than the header.');
  const parsed = ImportRowSchema.safeParse(cells);
  if (!parsed.success) return reject('row_invalid', describe(parsed.error.issues[0]?.path));
  const row = Object.fromEntries(Object.entries(parsed.data).map(([name, text]) => [name, text?.trim() || undefined]));
  const decision = row.decision?.toLowerCase();
  if (decision !== 'granted' && decision !== 'denied')
    return reject('row_invalid', 'decision: expected granted or denied');
  const addresses = readAddresses(row, decision);
  if (!Array.isArray(addresses)) return addresses;
  const list = row.list ?? (decision === 'granted' ? account.defaultList : null);
  if (decision === 'granted' && list === null)
    return reject('list_not_found', 'list: expected one, since there is no default');
  const { page, form_text: formText, form_version: formVersion } = row;
  const evidence = { ...(page && { page }), ...(formText && { formText }), ...(formVersion && { formVersion }) };
  const claimedMs = Date.parse(row.decided_at ?? '');
  const isDated = claimedMs <= receivedAtMs && ISO.test(row.decided_at ?? '');
  if (decision === 'granted' && !isDated)
    return reject('evidence_missing', 'decided_at: expected when, such as 2025-11-27T08:00:00Z, and not in the future');
  if (decision === 'granted' && !page && !formText) return reject('evidence_missing', 'expected page or form_text');
  const decidedAtMs = isDated ? claimedMs : receivedAtMs;
  const decisions = addresses.map(([channel, address]): ImportedDecision => {
    const identity = JSON.stringify([channel, address, decision, list, row.decided_at, evidence]);
    return { channel, address, decision, list, decidedAtMs, evidence, identity };
  });
  return { ok: true, decisions };
}

/** A day, or a time with its zone: without one it would be that of the data centre. */
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/;

type Addresses = [Channel, string][] | Extract<TakenRow, { ok: false }>;

function readAddresses(row: Record<string, string | undefined>, decision: 'granted' | 'denied'): Addresses {
  const channel = row.channel?.toLowerCase();
  if (channel !== undefined && channel !== 'email' && channel !== 'sms')
    return reject('row_invalid', 'channel: expected email or sms');
  const email = normalizeEmail(row.email);
  const phone = normalizePhone(row.phone, undefined);
  const found: [Channel, string][] = [
    ...(email ? [['email', email] as const] : []),
    ...(phone ? [['sms', phone] as const] : []),
  ].map(([name, address]) => [name, address]);
  const meant = found.filter(([name]) => channel === undefined || name === channel);
  const bad =
    row.email && !email && channel !== 'sms'
      ? 'email_invalid'
      : row.phone && !phone && channel !== 'email'
        ? 'phone_invalid'
        : undefined;
  // Of a denial what can be read holds; a grant with a part that cannot may be another person's.
  if (bad && (decision === 'granted' || meant.length === 0))
    return reject(bad, `${bad === 'email_invalid' ? 'email' : 'phone'}: cannot be read`);
  if (meant.length === 0) return reject('row_invalid', 'expected the email or phone that the decision is of');
  return meant;
}

/** The value might be a person's, and a name of a column that is none too. */
function describe(path: readonly PropertyKey[] | undefined): string {
  const [name] = path ?? [];
  return name === undefined
    ? 'It has a field that is none of an import.'
    : `${String(name)}: expected text of at most 2,000 characters`;
}

function reject(code: ErrorCode, message: string): Extract<TakenRow, { ok: false }> {
  return { ok: false, code, message };
}
