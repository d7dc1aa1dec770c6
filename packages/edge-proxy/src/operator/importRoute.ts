import { type ImportAnswer, ImportQuerySchema } from '@sluice/shared';
import { Hono } from 'hono';
import { importConsent } from '../consent/import/importConsent.ts';
import { MAX_IMPORT_BYTES } from '../consent/import/limits.ts';
import { type RawRow, readImport } from '../consent/import/readImport.ts';
import type { HttpContext, HttpEnv } from '../http.ts';
import { answerFailure, type Failure, fail } from '../ingest/failure.ts';
import { readBounded } from '../ingest/readBounded.ts';
import { readInput } from '../ingest/readInput.ts';
import { logDefect } from '../logDefect.ts';
import { beginAction, endAction } from '../store/operatorAudit.ts';
import { toHex } from '../toHex.ts';
import { findDispatcher } from './findDispatcher.ts';

/** `POST /v1/operator/consent/import`: consent of earlier times, as CSV or JSON a line. */
export function importRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post('/', async (c) => {
    const requestId = c.get('requestId');
    const imported = await importFile(c);
    return 'code' in imported
      ? answerFailure(imported, requestId)
      : c.json({ ...imported, requestId } satisfies ImportAnswer);
  });
}

type Imported = Omit<ImportAnswer, 'requestId'>;

async function importFile(c: HttpContext): Promise<Imported | Failure> {
  const input = readInput(ImportQuerySchema, c.req.query());
  if (!input.ok) return input;
  const { account } = input.value;
  const found = findDispatcher(c, account);
  if (!found.ok) return found;
  const bytes = await readBounded(c.req.raw.body, MAX_IMPORT_BYTES);
  if (bytes === undefined) return fail('body_too_large', `Send at most ${MAX_IMPORT_BYTES} bytes at once.`);
  const rows = readImport(bytes);
  if ('code' in rows) return rows;
  try {
    return await importRows(c, { account, rows, bytes, dispatcher: found.dispatcher });
  } catch (error) {
    logDefect('import failed', error);
    return UNAVAILABLE;
  }
}

const UNAVAILABLE = fail(
  'storage_unavailable',
  'Not all could be stored. Send the same file again: nothing is taken twice.',
  {
    retryAfterSeconds: 5,
  },
);

interface Order {
  account: string;
  rows: RawRow[];
  bytes: Uint8Array;
  dispatcher: Extract<ReturnType<typeof findDispatcher>, { ok: true }>['dispatcher'];
}

async function importRows(c: HttpContext, { account, rows, bytes, dispatcher }: Order): Promise<Imported | Failure> {
  const { config, ledgerKeys } = c.get('settings');
  const settings = config.accounts[account];
  if (!settings) throw new Error(`there is no account "${account}"`);
  const receivedAtMs = Date.now();
  const detail = { sha256: await hashFile(bytes), bytes: bytes.byteLength, rows: rows.length };
  const operator = c.get('operator');
  const action = await beginAction(c.env.DB, { operator, account, action: 'consent_import', detail }, receivedAtMs);
  const { isComplete, ...imported } = await importConsent(rows, {
    db: c.env.DB,
    dispatcher,
    account,
    settings,
    ledgerKeys,
    receivedAtMs,
  });
  const { granted, denied, rejected } = imported;
  await endAction(c.env.DB, action, { isComplete, granted, denied, rejected: rejected.length });
  return isComplete ? { rows: rows.length, ...imported } : UNAVAILABLE;
}

async function hashFile(bytes: Uint8Array): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', bytes));
}
