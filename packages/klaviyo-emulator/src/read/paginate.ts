export type SortValue = string | number;

interface PageRequest<Row> {
  readonly rows: readonly Row[];
  readonly sortBy: (row: Row) => SortValue;
  readonly descending: boolean;
  readonly id: (row: Row) => string;
  readonly size: number;
  readonly cursor: string | null;
}

export type Page<Row> =
  | { ok: true; rows: Row[]; next: string | undefined; prev: string | undefined }
  | { ok: false; detail: string };

/** A position between rows, by value and id, so that rows arriving meanwhile neither repeat nor hide others. */
interface Cursor {
  direction: 'next' | 'prev';
  value: SortValue;
  id: string;
}

/** One page of sorted rows with opaque cursors to its neighbours. */
export function paginate<Row>(request: PageRequest<Row>): Page<Row> {
  const { sortBy, id, size } = request;
  const cursor = request.cursor === null ? undefined : readCursor(request.cursor);
  if (request.cursor !== null && cursor === undefined) return { ok: false, detail: 'Invalid cursor provided.' };
  const sign = request.descending ? -1 : 1;
  const sorted = request.rows
    .map((row) => ({ row, value: sortBy(row), id: id(row) }))
    .sort((a, b) => sign * (compareValues(a.value, b.value) || compareValues(a.id, b.id)));
  const order = (a: { value: SortValue; id: string }, b: Cursor) =>
    sign * (compareValues(a.value, b.value) || compareValues(a.id, b.id));

  let start = 0;
  if (cursor?.direction === 'next') start = countWhile(sorted, (entry) => order(entry, cursor) <= 0);
  if (cursor?.direction === 'prev') start = Math.max(0, countWhile(sorted, (entry) => order(entry, cursor) < 0) - size);
  const page = sorted.slice(start, start + size);
  const last = page.at(-1);
  const first = page[0];
  return {
    ok: true,
    rows: page.map(({ row }) => row),
    next: last && start + size < sorted.length ? writeCursor({ direction: 'next', ...last }) : undefined,
    prev: first && start > 0 ? writeCursor({ direction: 'prev', ...first }) : undefined,
  };
}

function compareValues(a: SortValue, b: SortValue): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function countWhile<T>(items: readonly T[], test: (item: T) => boolean): number {
  const end = items.findIndex((item) => !test(item));
  return end === -1 ? items.length : end;
}

function writeCursor({ direction, value, id }: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([direction, value, id]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function readCursor(text: string): Cursor | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    const [direction, value, id] = JSON.parse(new TextDecoder().decode(bytes));
    if ((direction !== 'next' && direction !== 'prev') || typeof id !== 'string') return undefined;
    return typeof value === 'string' || typeof value === 'number' ? { direction, value, id } : undefined;
  } catch {
    return undefined;
  }
}
