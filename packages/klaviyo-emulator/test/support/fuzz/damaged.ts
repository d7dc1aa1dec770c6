import fc from 'fast-check';
import type { Example } from '../corpus/Example.ts';
import { damageBody } from './damageBody.ts';
import { damageEnvelope } from './damageEnvelope.ts';
import { damageId } from './damageId.ts';
import { damageQuery } from './damageQuery.ts';
import type { Sent } from './Sent.ts';

/** Requests that are wrong by construction, whatever the operation. */
export function damaged(examples: readonly Example[]): fc.Arbitrary<Sent> {
  return fc
    .constantFrom(...examples)
    .chain((example) =>
      fc.oneof(
        ...(example.body ? damageBody(example, example.body) : []),
        ...(example.collection ? damageQuery(example) : []),
        ...damageEnvelope(example),
        ...damageId(example),
      ),
    );
}
