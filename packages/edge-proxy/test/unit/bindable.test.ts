import { expect, it } from 'vitest';
import { bindable } from '../../src/store/bindable.ts';
import { type Identity, readIdentities, saveIdentities } from '../../src/store/identities.ts';
import { MAX_BOUND_BYTES } from '../../src/store/limits.ts';
import { migratedDatabase, sqliteD1 } from '../model/support/sqliteD1.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).byteLength;
const link = (n: number): Identity => ({
  kind: 'anonymous',
  id: `anon-${n}-${'ö'.repeat(200)}`,
  email: `visitor-${n}@example.com`,
  phone: null,
});

it('is one JSON array where that is small enough to be bound, more where it is not, and none of nothing', () => {
  const texts = ['a\nb', ...Array.from({ length: 3 }, () => 'ö'.repeat(400_000))];
  const pieces = bindable(texts);
  expect([
    bindable([]),
    bindable(['a', { b: 1 }]),
    pieces.flatMap((piece) => JSON.parse(piece)),
    pieces.map((piece) => bytesOf(piece) <= MAX_BOUND_BYTES),
  ]).toEqual([[], ['["a",{"b":1}]'], texts, [true, true]]);
});

it('a consumer batch with more links than one bound value holds is saved and found as a whole', async () => {
  const links = Array.from({ length: 6000 }, (_, n) => link(n));
  const db = sqliteD1(migratedDatabase());
  await saveIdentities(db, 'main', links, 1);
  const known = await readIdentities(db, 'main', links);
  expect([bindable(links).length > 1, new Set(known.map(({ email }) => email)).size]).toEqual([true, 6000]);
});
