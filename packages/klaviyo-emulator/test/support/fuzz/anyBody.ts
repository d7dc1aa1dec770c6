import fc from 'fast-check';
import type { Example } from '../corpus/Example.ts';
import { addKey, isRecord, listPlaces, replaceAt } from '../places.ts';
import { STRANGE_KEYS } from './strangeKeys.ts';

const VALUES = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary' }),
  fc.constantFrom(1e308, -0, 2 ** 53, '\u0000', '2026-01-01', 'ada@example.com'),
);

interface Edit {
  readonly at: string;
  readonly value: unknown;
  /** Under this key, where there is an object; else the value takes the place. */
  readonly key: string | null;
}

function edit(body: unknown, { at, value, key }: Edit): unknown {
  return replaceAt(body, at, (old) => (key !== null && isRecord(old) ? addKey(key, value)(old) : value));
}

/** A body with anything anywhere. */
export function anyBody({ body = {}, full = body }: Example): fc.Arbitrary<string | Uint8Array> {
  const at = fc.constantFrom('', ...listPlaces(full).map((place) => place.at));
  const edits = fc.array(fc.record({ at, value: VALUES, key: fc.option(fc.constantFrom(...STRANGE_KEYS)) }), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.oneof(
    { weight: 5, arbitrary: edits.map((all) => JSON.stringify(all.reduce<unknown>(edit, full))) },
    fc.json({ stringUnit: 'binary' }),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }),
  );
}
