import { IMPORT_COLUMNS, isJsonObject } from '@sluice/shared';
import { type Failure, fail } from '../../ingest/failure.ts';
import { MAX_IMPORT_ROWS } from './limits.ts';
import { parseCsv } from './parseCsv.ts';

/** A row as it stands in the file; undefined where it cannot be told apart into columns. */
export interface RawRow {
  row: number;
  cells: Record<string, unknown> | undefined;
}

/** The byte order mark goes; UTF-16 and Windows' code pages do not pass. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Reads a file of consent, CSV with a header or JSON a line. Empty rows are left out. */
export function readImport(bytes: Uint8Array): RawRow[] | Failure {
  const text = decode(bytes);
  if (text === undefined) return fail('encoding_unsupported', 'Expected UTF-8 text: save the file as CSV UTF-8.');
  const rows = text.trimStart().startsWith('{') ? readLines(text) : readTable(text);
  if ('code' in rows || rows.length <= MAX_IMPORT_ROWS) return rows;
  return fail('body_too_large', `The file has ${rows.length} rows; send at most ${MAX_IMPORT_ROWS} at once.`);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes);
    // UTF-16 without a mark is UTF-8 of every other character a zero.
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function readLines(text: string): RawRow[] {
  return text
    .split('\n')
    .map((line, index) => ({ row: index + 1, line: line.trim() }))
    .filter(({ line }) => line !== '')
    .map(({ row, line }) => ({ row, cells: readJson(line) }));
}

function readJson(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readTable(text: string): RawRow[] | Failure {
  const parsed = parseCsv(text);
  if (!parsed.ok)
    return fail(
      'body_malformed',
      `Row ${parsed.row}: a quote is not closed, or stands within a field. Nothing was taken.`,
    );
  const [header = [], ...rows] = parsed.rows;
  const columns = header.map((name) => name.trim().toLowerCase());
  // A file without a header begins with a person: its first row must not be quoted.
  const unknown = columns.findIndex((name, index) => !IMPORT_COLUMNS.includes(name) || columns.indexOf(name) !== index);
  if (unknown >= 0)
    return fail(
      'body_malformed',
      `Column ${unknown + 1} of the header is none of ${IMPORT_COLUMNS.join(', ')}, or comes twice. Fields end with a comma.`,
    );
  return rows
    .map((fields, index) => ({ row: index + 2, fields }))
    .filter(({ fields }) => fields.some((field) => field.trim() !== ''))
    .map(({ row, fields }) => ({
      row,
      cells:
        fields.length === columns.length
          ? Object.fromEntries(columns.map((name, index) => [name, fields[index]]))
          : undefined,
    }));
}
