import { pickFirst } from './pickFirst.ts';

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
  const { rows, size } = request;
  const cursor = request.cursor === null ? undefined : readCursor(request.cursor);
  if (request.cursor !== null && cursor === undefined) return { ok: false, detail: 'Invalid cursor provided.' };
  const { order, place } = orderOf(request);
  const beside = (sign: 1 | -1, { value, id }: Cursor) => rows.filter((row) => sign * place(row, value, id) > 0);

  const before = cursor?.direction === 'prev' ? beside(-1, cursor) : [];
  if (before.length > size) {
    const page = pickFirst(before, size, (a, b) => order(b, a)).reverse();
    return answer(request, { page, less: true, more: before.length < rows.length });
  }
  // Where less than a page comes before the cursor, the page is the first one.
  const after = cursor?.direction === 'next' ? beside(1, cursor) : rows;
  const page = pickFirst(after, size, order);
  return answer(request, { page, less: after.length < rows.length, more: after.length > page.length });
}

function orderOf<Row>({ sortBy, id, descending }: PageRequest<Row>) {
  const sign = descending ? -1 : 1;
  const place = (row: Row, value: SortValue, atId: string) =>
    sign * (compareValues(sortBy(row), value) || compareValues(id(row), atId));
  return { place, order: (a: Row, b: Row) => place(a, sortBy(b), id(b)) };
}

function answer<Row>(
  { sortBy, id }: PageRequest<Row>,
  { page, less, more }: { page: Row[]; less: boolean; more: boolean },
): Page<Row> {
  const link = (direction: Cursor['direction'], row: Row | undefined) =>
    row === undefined ? undefined : writeCursor({ direction, value: sortBy(row), id: id(row) });
  return {
    ok: true,
    rows: page,
    next: more ? link('next', page.at(-1)) : undefined,
    prev: less ? link('prev', page[0]) : undefined,
  };
}

function compareValues(a: SortValue, b: SortValue): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
