type ParsedCsv = { ok: true; rows: string[][] } | { ok: false; row: number };

/** One field and what ends it: RFC 4180, 2. A quote stands around a field, or twice within one, and nowhere else. */
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Rows of a CSV text, an empty line as a row of one empty field. Strict: where a quote is missing nobody knows where a row
 * ends, and a lenient reading would swallow the rows that follow. `row`: the one that cannot be read, from 1.
 */
export function parseCsv(text: string): ParsedCsv {
  const rows: string[][] = [];
  let fields: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length || fields.length > 0) {
    const match = FIELD.exec(text);
    if (match === null) return { ok: false, row: rows.length + 1 };
    const [, quoted, plain = '', end] = match;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(fields);
    fields = [];
  }
  return { ok: true, rows };
}
