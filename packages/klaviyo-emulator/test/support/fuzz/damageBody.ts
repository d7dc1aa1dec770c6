import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Example } from '../corpus/Example.ts';
import { addKey, isRecord, listPlaces, replaceAt } from '../places.ts';
import { type Sent, withBody, withHeader, withJson } from './Sent.ts';
import { STRANGE_KEYS } from './strangeKeys.ts';

type Damage = fc.Arbitrary<Sent>;

// Text may stand for a number (latitude) and a list for one text (unset), so neither is sent for the other.
const NOT_TEXT = [{}, true, { a: 1 }];
const NOT_BOOLEAN = ['true', 1, {}, []];
const NOT_NUMBER = ['many', {}, [], true];
const NOT_OBJECT = [[], 'text', 7, true];
const NOT_ARRAY = [{}, 'text', 7, false];
const LONGER_THAN_ANY_TEXT = 'x'.repeat(100_001);
const DEEP = 200;
const BOMB = gzipSync(new Uint8Array(6_000_000));

function wrongTypes(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return NOT_TEXT;
  if (typeof value === 'number') return NOT_NUMBER;
  if (typeof value === 'boolean') return NOT_BOOLEAN;
  return Array.isArray(value) ? NOT_ARRAY : NOT_OBJECT;
}

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const nestedLists = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Ways to spoil a good body that are known to be wrong. */
export function damageBody(example: Example, body: object): Damage[] {
  const { full = body, bound } = example;
  const text = JSON.stringify(body);
  const fixed = listPlaces(full).filter(({ free }) => !free);
  const objects = [{ at: '', value: full }, ...fixed].filter(({ at, value }) => isRecord(value) && !isFree(at));
  const needed = listPlaces(body).filter(({ at, free }) => !free && !/\/\d+$/.test(at));
  const strings = fixed.filter(({ value }) => typeof value === 'string');
  const bytes = new TextEncoder().encode(text);
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
    fc.constantFrom(bytes, BOMB).map((packed) => gzipped(example, packed)),
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
