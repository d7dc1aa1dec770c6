import { expect, it } from 'vitest';
import { toPlain } from '../../src/lib/toPlain.ts';

const circular: Record<string, unknown> = {};
circular.self = circular;

it.each([
  {
    title: 'plain data',
    in: { a: 1, b: 'x', c: [true, null], d: { e: 2 } },
    out: { a: 1, b: 'x', c: [true, null], d: { e: 2 } },
  },
  { title: 'a date', in: { at: new Date(0) }, out: { at: '1970-01-01T00:00:00.000Z' } },
  {
    title: 'a BigInt, at any depth',
    in: { id: 9007199254740993n, items: [{ id: 2n }] },
    out: { id: '9007199254740993', items: [{ id: '2' }] },
  },
  { title: 'an undefined property', in: { a: undefined, b: 1 }, out: { b: 1 }, lost: ['a'] },
  { title: 'a function', in: { a: () => 1, b: 1 }, out: { b: 1 }, lost: ['a'] },
  { title: 'a symbol', in: { a: Symbol('x'), b: 1 }, out: { b: 1 }, lost: ['a'] },
  {
    title: 'a DOM node',
    in: { a: document.body, b: { node: document.body, c: 1 } },
    out: { b: { c: 1 } },
    lost: ['a'],
  },
  { title: 'a cycle', in: { a: circular, b: 1 }, out: { b: 1 }, lost: ['a'] },
  {
    title: 'a getter that throws',
    in: {
      get a() {
        throw new Error('no');
      },
      b: 1,
    },
    out: { b: 1 },
    lost: ['a'],
  },
  {
    title: 'a toJSON that throws',
    in: {
      a: {
        toJSON() {
          throw new Error('no');
        },
      },
      b: 1,
    },
    out: { b: 1 },
    lost: ['a'],
  },
  { title: 'the window', in: { a: window, b: 1 }, out: { b: 1 }, lost: ['a'] },
  { title: 'an array', in: ['x', 'y'], out: { 0: 'x', 1: 'y' } },
  { title: 'nothing', in: undefined, out: {} },
])('copies $title', ({ in: source, out, lost = [] }) => {
  const reported: string[] = [];
  const plain = toPlain(source, (property) => reported.push(property));
  expect({ plain, reported }).toEqual({ plain: out, reported: lost });
});
