import fc from 'fast-check';
import type { Example } from '../corpus/Example.ts';
import { anyBody } from './anyBody.ts';
import { headersFor, type Sent } from './Sent.ts';

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

/** Requests of which nothing is known. */
export function arbitrary(examples: readonly Example[]): fc.Arbitrary<Sent> {
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
