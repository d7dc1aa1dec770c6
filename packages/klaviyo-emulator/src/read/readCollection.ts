import type { Answer, Call } from '../http/Call.ts';
import { invalidParameter } from '../http/problem.ts';
import { type FilterFields, matchClauses } from './matchClauses.ts';
import { paginate, type SortValue } from './paginate.ts';
import { type Clause, parseFilter } from './parseFilter.ts';

export interface Collection<Row> {
  /** All of them, or of the clauses' all that could match: the filter is applied in either case. */
  readonly rows: readonly Row[] | ((clauses: readonly Clause[]) => readonly Row[]);
  readonly id: (row: Row) => string;
  readonly filters: FilterFields<Row>;
  /** What `sort` may name; without the parameter the first applies. */
  readonly sorts: Record<string, (row: Row) => SortValue>;
  readonly descendingByDefault?: boolean;
  /** Null: the endpoint has no page[size], and everything fits one page of `size`. */
  readonly page: { size: number; max: number | null };
}

interface Links {
  self: string;
  next?: string;
  prev?: string;
}

export type Read<Row> = { ok: true; rows: Row[]; links: Links } | { ok: false; answer: Answer };

/** Filters, sorts and pages a collection as the query asks, or says which parameter is wrong. */
export function readCollection<Row>(call: Call, collection: Collection<Row>): Read<Row> {
  const { query } = call;
  const wrong = (parameter: string, detail: string): Read<Row> => ({
    ok: false,
    answer: invalidParameter(parameter, detail),
  });

  const filter = query.get('filter');
  const parsed = filter ? parseFilter(filter) : ({ ok: true, clauses: [] } as const);
  if (!parsed.ok) return wrong('filter', parsed.detail);
  const matcher = matchClauses(parsed.clauses, collection.filters);
  if (!matcher.ok) return wrong('filter', matcher.detail);

  const size = pageSize(query.get('page[size]'), collection.page);
  if (size === undefined) return wrong('page[size]', `page[size] must be between 1 and ${collection.page.max ?? 0}.`);

  const sort = query.get('sort');
  const name = sort?.replace(/^-/, '') ?? Object.keys(collection.sorts)[0] ?? '';
  const sortBy = Object.hasOwn(collection.sorts, name) ? collection.sorts[name] : undefined;
  if (!sortBy) return wrong('sort', `'${name}' is not a sortable field.`);

  const rows = typeof collection.rows === 'function' ? collection.rows(parsed.clauses) : collection.rows;
  const page = paginate({
    rows: rows.filter(matcher.matches),
    id: collection.id,
    sortBy,
    descending: sort === null ? (collection.descendingByDefault ?? false) : sort.startsWith('-'),
    size,
    cursor: query.get('page[cursor]'),
  });
  if (!page.ok) return wrong('page[cursor]', page.detail);
  return { ok: true, rows: page.rows, links: pageLinks(call, page) };
}

function pageSize(text: string | null, page: { size: number; max: number | null }): number | undefined {
  if (text === null) return page.size;
  // Number() would also read 0x10, 1e1 and the empty text.
  const size = /^\d+$/.test(text) ? Number(text) : 0;
  return page.max !== null && size >= 1 && size <= page.max ? size : undefined;
}

function pageLinks(call: Call, page: { next: string | undefined; prev: string | undefined }): Links {
  const link = (cursor: string | undefined) => {
    const query = new URLSearchParams(call.query);
    if (cursor !== undefined) query.set('page[cursor]', cursor);
    const text = query.toString();
    return `${call.origin}${call.path}${text ? `?${text}` : ''}`;
  };
  return {
    self: link(undefined),
    ...(page.next === undefined ? {} : { next: link(page.next) }),
    ...(page.prev === undefined ? {} : { prev: link(page.prev) }),
  };
}
