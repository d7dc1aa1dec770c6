import fc from 'fast-check';
import type { Example } from '../corpus/Example.ts';
import { type Sent, sendable } from './Sent.ts';

/** An id that nothing can have, where the path has one. */
export function damageId(example: Example): fc.Arbitrary<Sent>[] {
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
