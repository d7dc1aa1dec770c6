import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type Example, headersFor } from './corpus.ts';
import { addKey, listPlaces, replaceAt } from './places.ts';

/** A request as it is sent; the body as text or bytes. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

type Damage = fc.Arbitrary<Sent>;

const encoder = new TextEncoder();
const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

export function sendable(example: Example): Sent {
  const { method, path, body } = example;
  return { method, path, headers: headersFor(example), ...(body && { body: JSON.stringify(body) }) };
}

const withBody = (example: Example, body: string | Uint8Array): Sent => ({ ...sendable(example), body });
const withJson = (example: Example, body: unknown) => withBody(example, JSON.stringify(body));
const withHeader = (example: Example, headers: Record<string, string>): Sent => {
  const sent = sendable(example);
  return { ...sent, headers: { ...sent.headers, ...headers } };
};
function withoutHeader(example: Example, name: string): Sent {
  const { [name]: _gone, ...headers } = sendable(example).headers;
  return { ...sendable(example), headers };
}
const withQuery = (example: Example, name: string, value: string): Sent => {
  const { path } = example;
  const query = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  return { ...sendable(example), path: `${path}${path.includes('?') ? '&' : '?'}${query}` };
};

const STRANGE_KEYS = [
  'colour',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'a/b~c',
  '0',
];
// Text may stand for a number (latitude) and a list for one text (unset), so neither is sent for the other.
const NOT_TEXT = [{}, true, { a: 1 }];
const NOT_BOOLEAN = ['true', 1, {}, []];
const NOT_NUMBER = ['many', {}, [], true];
const NOT_OBJECT = [[], 'text', 7, true];
const NOT_ARRAY = [{}, 'text', 7, false];
const LONGER_THAN_ANY_TEXT = 'x'.repeat(100_001);
const DEEP = 200;

function wrongTypes(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return NOT_TEXT;
  if (typeof value === 'number') return NOT_NUMBER;
  if (typeof value === 'boolean') return NOT_BOOLEAN;
  return Array.isArray(value) ? NOT_ARRAY : NOT_OBJECT;
}

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const nestedLists = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Ways to spoil a good body that are known to be wrong. */
function bodyDamages(example: Example, body: object): Damage[] {
  const { full = body, bound } = example;
  const text = JSON.stringify(body);
  const fixed = listPlaces(full).filter(({ free }) => !free);
  const objects = [{ at: '', value: full }, ...fixed].filter(({ at, value }) => isRecord(value) && !isFree(at));
  const needed = listPlaces(body).filter(({ at, free }) => !free && !/\/\d+$/.test(at));
  const strings = fixed.filter(({ value }) => typeof value === 'string');
  const bytes = encoder.encode(text);
  const damages: Damage[] = [
    fc.constantFrom(...needed).map(({ at }) =>
      withJson(
        example,
        replaceAt(body, at, () => undefined),
      ),
    ),
    fc
      .tuple(fc.constantFrom(...objects), fc.constantFrom(...STRANGE_KEYS), fc.jsonValue({ maxDepth: 1 }))
      .map(([{ at }, key, value]) => withJson(example, replaceAt(full, at, addKey(key, value)))),
    fc
      .constantFrom(...fixed)
      .chain(({ at, value }) => fc.constantFrom(...wrongTypes(value)).map((wrong) => [at, wrong] as const))
      .map(([at, wrong]) =>
        withJson(
          example,
          replaceAt(full, at, () => wrong),
        ),
      ),
    fc.constantFrom(...strings).map(({ at }) =>
      withJson(
        example,
        replaceAt(full, at, () => LONGER_THAN_ANY_TEXT),
      ),
    ),
    fc
      .tuple(fc.constantFrom(...fixed), fc.constantFrom(nested(DEEP), nestedLists(DEEP), nested(100_000)))
      .map(([{ at }, deep]) =>
        withBody(example, JSON.stringify(replaceAt(full, at, () => 'DEEP')).replace('"DEEP"', deep)),
      ),
    fc.constantFrom(null, [], [body], 'text', 7, true, {}).map((other) => withJson(example, other)),
    fc.nat(text.length - 1).map((end) => withBody(example, text.slice(0, end))),
    fc.tuple(fc.nat(bytes.length), fc.constantFrom(0xff, 0xc0, 0x80)).map(([at, byte]) => {
      return withBody(example, Uint8Array.from([...bytes.slice(0, at), byte, ...bytes.slice(at)]));
    }),
    fc
      .constantFrom('text/plain', 'application/xml', 'multipart/form-data', 'json', ';', 'application/vnd.api+xml')
      .map((type) => withHeader(example, { 'content-type': type })),
    fc
      .constantFrom('br', 'deflate', 'gzip, gzip', 'x', 'zstd')
      .map((encoding) => withHeader(example, { 'content-encoding': encoding })),
    fc.nat(gzipSync(text).length - 1).map((end) => gzipped(example, gzipSync(text).subarray(0, end))),
    fc.constant(gzipped(example, bytes)),
  ];
  if (bound) damages.push(fc.constant(withJson(example, replaceAt(body, bound.at, repeat(bound.tooMany)))));
  return damages;
}

const isFree = (at: string) => /\/(?:properties|append|unappend)$/.test(at);
const repeat = (count: number) => (items: unknown) =>
  Array.from({ length: count }, () => Reflect.get(Object(items), 0));

function gzipped(example: Example, body: Uint8Array): Sent {
  return { ...withHeader(example, { 'content-encoding': 'gzip' }), body: Uint8Array.from(body) };
}

const BAD_FILTERS = [
  'nonsense',
  'equals(',
  'equals(id,"a"',
  'equals(id,"a"))',
  'equals(shoe_size,"43")',
  'equals(__proto__,"a")',
  'equals(constructor,"a")',
  'any(id)',
  'has(id',
  'and(',
  'and()',
  'or(equals(id,"a"),equals(id,"b"))',
  'equals(id,"a"),',
  ',',
  '((((',
  'greater-than(created,never)',
  '"',
  'and('.repeat(5000),
  `any(id,${'['.repeat(5000)}`,
  `equals(${'x'.repeat(20_000)},1)`,
];
const BAD_SIZES = ['0', '-1', '1e1', '0x10', '1.0', ' 5', 'abc', '', '1001', '99999999999999999999', 'NaN'];
const BAD_CURSORS = ['x', '%', 'bm9uc2Vuc2U', 'WzEsMl0', 'bnVsbA', 'e30', '∞', 'a'.repeat(20_000)];
const BAD_SORTS = ['', '--created', 'nonsense', '-', '__proto__', 'constructor', 'toString', 'x'.repeat(20_000)];

const collectionDamages = (example: Example): Damage[] =>
  Object.entries({ filter: BAD_FILTERS, 'page[size]': BAD_SIZES, 'page[cursor]': BAD_CURSORS, sort: BAD_SORTS }).map(
    ([name, values]) => fc.constantFrom(...values).map((value) => withQuery(example, name, value)),
  );

function headerDamages(example: Example): Damage[] {
  const key = example.path.startsWith('/client/')
    ? fc.constantFrom('', 'company_id=', 'company_id=NOSUCH', `company_id=${'x'.repeat(20_000)}`).map((query) => ({
        ...sendable(example),
        path: `${example.path.split('?')[0]}?${query}`,
      }))
    : fc
        .constantFrom('', 'Bearer pk_emulator_demo', 'Klaviyo-API-Key', 'Klaviyo-API-Key pk_x', 'pk_emulator_demo')
        .map((authorization) => withHeader(example, { authorization }));
  return [
    key,
    fc
      .constantFrom('include', 'additional-fields[profile]', 'fields[shoe]', 'shoe_size', '__proto__', 'page[number]')
      .map((name) => withQuery(example, name, 'nonsense')),
    fc.constant(withoutHeader(example, 'revision')),
    fc
      .constantFrom('banana', '2026', '2026-13-45', '2099-01-01', '2026-07-15.', '2026-07-15; x', '0'.repeat(5000))
      .map((revision) => withHeader(example, { revision })),
  ];
}

/** An id that nothing can have, where the path has one. */
function idDamages(example: Example): Damage[] {
  const [, area, kind, id, ...rest] = example.path.split('/');
  if (area !== 'api' || id === undefined) return [];
  const ids = fc.constantFrom(
    'NOSUCH',
    'x'.repeat(10_000),
    '%00',
    '%F0%9F%92%A9',
    '__proto__',
    'constructor',
    '%E0%A4%A',
  );
  return [ids.map((other) => ({ ...sendable(example), path: ['', area, kind, other, ...rest].join('/') }))];
}

/** Requests that are wrong by construction, whatever the operation. */
export function damaged(examples: readonly Example[]): Damage {
  return fc
    .constantFrom(...examples)
    .chain((example) =>
      fc.oneof(
        ...(example.body ? bodyDamages(example, example.body) : []),
        ...(example.collection ? collectionDamages(example) : []),
        ...headerDamages(example),
        ...idDamages(example),
      ),
    );
}

const HEADER_NAMES = [
  'authorization',
  'revision',
  'content-type',
  'content-encoding',
  'accept',
  'origin',
  'x-anything',
];
const QUERY_NAMES = [
  'filter',
  'page[size]',
  'page[cursor]',
  'sort',
  'include',
  'fields[profile]',
  'fields[event]',
  'additional-fields[profile]',
  'additional-fields[list]',
  'company_id',
  '__proto__',
];

const headerText = fc.string({ unit: 'grapheme-ascii', maxLength: 60 }).map((text) => text.trim());
const anyHeaders = fc.dictionary(fc.constantFrom(...HEADER_NAMES), headerText, { maxKeys: 2 });
const anyQuery = fc
  .array(
    fc.tuple(
      fc.constantFrom(...QUERY_NAMES),
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('equals(id,"a")', '1', '-created', 'subscriptions', 'metric,profile', 'lists'),
      ),
    ),
    {
      maxLength: 3,
    },
  )
  .map((pairs) => new URLSearchParams(pairs.map(([name, value]) => [name, value.toWellFormed()])).toString());
const anyPath = (examples: readonly Example[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...examples.map(({ path }) => path)) },
    fc.tuple(fc.constantFrom('/api/', '/client/', '/'), fc.webPath()).map(([root, path]) => `${root}x${path}`),
    fc
      .tuple(fc.constantFrom(...examples.map(({ path }) => path)), fc.webPath())
      .map(([base, path]) => `${base.split('?')[0]}${path}`),
  );

/** A body with anything anywhere. */
function anyBody({ body = {}, full = body }: Example): fc.Arbitrary<string | Uint8Array> {
  const places = ['', ...listPlaces(full).map(({ at }) => at)];
  const value = fc.oneof(
    fc.jsonValue({ stringUnit: 'binary' }),
    fc.constantFrom(1e308, -0, 2 ** 53, '\u0000', '2026-01-01', 'ada@example.com'),
  );
  const mutated = fc.array(
    fc.tuple(fc.constantFrom(...places), value, fc.boolean(), fc.constantFrom(...STRANGE_KEYS)),
    { minLength: 1, maxLength: 3 },
  );
  return fc.oneof(
    {
      weight: 5,
      arbitrary: mutated.map((edits) =>
        JSON.stringify(
          edits.reduce<unknown>(
            (inner, [at, next, adds, key]) =>
              replaceAt(inner, at, (old) => (adds && isRecord(old) ? addKey(key, next)(old) : next)),
            full,
          ),
        ),
      ),
    },
    fc.json({ stringUnit: 'binary' }),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }),
  );
}

/** Requests of which nothing is known. */
export function arbitrary(examples: readonly Example[]): Damage {
  return fc.constantFrom(...examples).chain((example) =>
    fc
      .record({
        path: fc.oneof(
          { weight: 3, arbitrary: fc.constant(example.path) },
          { weight: 1, arbitrary: anyPath(examples) },
        ),
        query: fc.oneof(fc.constant(''), anyQuery),
        method: fc.oneof(
          { weight: 8, arbitrary: fc.constant(example.method) },
          {
            weight: 1,
            arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'X'),
          },
        ),
        headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: anyHeaders }),
        body: anyBody(example),
      })
      .map(({ path, query, method, headers, body }) => ({
        method,
        path: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
        headers: { ...headersFor(example), ...headers },
        ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
      })),
  );
}
