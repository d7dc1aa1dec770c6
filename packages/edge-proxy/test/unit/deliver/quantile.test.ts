import { expect, it } from 'vitest';
import { quantile } from '../../../src/deliver/figures/quantile.ts';

const bucket = (upTo: number, n: number) => ({ upTo, n });

it.each([
  ['none', [], 0.5, null],
  ['empty buckets', [bucket(25, 0)], 0.5, null],
  ['one', [bucket(50, 1)], 0.5, 50],
  ['the middle of two', [bucket(25, 1), bucket(50, 1)], 0.5, 25],
  ['the middle of three', [bucket(25, 1), bucket(50, 1), bucket(100, 1)], 0.5, 50],
  ['95 % of twenty', [bucket(25, 19), bucket(500, 1)], 0.95, 25],
  ['95 % of nineteen', [bucket(25, 18), bucket(500, 1)], 0.95, 500],
  ['buckets in any order', [bucket(500, 1), bucket(25, 9)], 0.5, 25],
])('a quantile of %s', (_title, buckets, share, expected) => {
  expect(quantile(buckets, share)).toBe(expected);
});
