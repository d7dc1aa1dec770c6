import { describe, expect, it } from 'vitest';
import { shareOut } from '../../../src/deliver/shareOut.ts';

const want = (...wanted: number[]) => [70, 20, 10].map((share, index) => ({ share, wanted: wanted[index] ?? 0 }));

describe('a full call', () => {
  it.each([
    ['is divided by share where everyone wants more', want(5000, 5000, 5000), [700, 200, 100]],
    ['goes to the others where one wants little', want(10, 5000, 5000), [10, 890, 100]],
    ['goes to one who is alone', want(0, 0, 5000), [0, 0, 1000]],
    ['is not filled by inventing anything', want(1, 2, 3), [1, 2, 3]],
    ['leaves the smallest its part', want(5000, 0, 50), [950, 0, 50]],
  ])('%s', (_title, demands, parts) => {
    expect(shareOut(1000, demands)).toEqual(parts);
  });
});
