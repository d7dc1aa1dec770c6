import { expect, it } from 'vitest';
import { countBytes } from '../../src/countBytes.ts';
import { packBySize } from '../../src/packBySize.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).byteLength;

it.each([
  ['nothing', ''],
  ['plain text', 'boot'],
  ['accents, signs and pictures', 'Zürich – 10 € 👟'],
  ['half a pair', 'a\ud83d'],
  ['more than fits the scratch', 'é–👟'.repeat(20_000)],
])('counts the bytes of %s', (_title, text) => {
  expect(countBytes(text)).toBe(bytesOf(text));
});

it('keeps together what fits', () => {
  expect(packBySize(['a', 'b'], 100)).toEqual([{ things: ['a', 'b'], text: '"a"\n"b"' }]);
});

it('cuts what does not, in order, and leaves what is too large by itself whole', () => {
  const things = ['a'.repeat(30), 'é'.repeat(15), 'b'.repeat(200), 'c', 'd'];
  const packs = packBySize(things, 70);
  expect([packs.map((pack) => pack.things.length), packs.flatMap((pack) => pack.things)]).toEqual([[2, 1, 2], things]);
  expect(packs.map(({ text }) => text)).toEqual(
    packs.map((pack) => pack.things.map((thing) => JSON.stringify(thing)).join('\n')),
  );
});

it('makes no pack of nothing', () => {
  expect(packBySize([], 10)).toEqual([]);
});
