import { expect, it } from 'vitest';
import { countBytes } from '../../src/countBytes.ts';

it('counts as an encoder does, wherever a long text is cut into pieces', () => {
  const texts = ['a', 'é', '€', '😀', '\ud800', 'x😀'].flatMap((unit) =>
    [0, 1, 2, 3].map((shift) => 'x'.repeat(shift) + unit.repeat(20_000)),
  );
  expect(texts.map(countBytes)).toEqual(texts.map((text) => new TextEncoder().encode(text).byteLength));
});
