import type { ErrorCode } from '../codes.ts';
import * as z from '../zod.ts';

/** The query of `POST /v1/operator/consent/import`. */
export const ImportQuerySchema = z.strictObject({
  account: z._default(z.string().check(z.minLength(1), z.maxLength(200)), 'main'),
});

const text = z.nullish(z.string().check(z.maxLength(2000)));

/**
 * One row of an import, by the names of its columns. Without `channel` each that an address is brought for is meant; without
 * `list` a grant is of the account's default list, a denial of all marketing.
 */
export const ImportRowSchema = z.strictObject({
  email: text,
  phone: text,
  channel: text,
  decision: text,
  list: text,
  decided_at: text,
  page: text,
  form_text: text,
  form_version: text,
});
export type ImportRow = z.infer<typeof ImportRowSchema>;
export const IMPORT_COLUMNS: readonly string[] = Object.keys(ImportRowSchema.shape);

/** A row that was not taken. */
export interface ImportReject {
  /** As a spreadsheet numbers it: the header of a CSV file is row 1. */
  row: number;
  code: ErrorCode;
  message: string;
}

/** The 200 of `POST /v1/operator/consent/import`: `rows = granted + denied + rejected.length`. */
export interface ImportAnswer {
  rows: number;
  granted: number;
  denied: number;
  rejected: ImportReject[];
  requestId: string;
}
