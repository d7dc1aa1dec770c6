import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/lib/openStore.ts';

beforeEach(() => localStorage.clear());

function refuse(method: 'setItem' | 'getItem' | 'removeItem') {
  const spy = vi.spyOn(Storage.prototype, method).mockImplementation(() => {
    throw new DOMException('no', 'QuotaExceededError');
  });
  onTestFinished(() => spy.mockRestore());
}

it('writes nothing to localStorage while closed, and moves everything there when opened', () => {
  const store = openStore(false);
  store._set('p.a', '1');
  const before = localStorage.length;
  store._open(true);
  expect([before, localStorage.getItem('p.a'), store._get('p.a')]).toEqual([0, '1', '1']);
});

it('does not read localStorage while closed, but can name and delete what is there', () => {
  localStorage.setItem('p.a', '1');
  const store = openStore(false);
  const seen = [store._get('p.a'), store._keys('p.'), store._keys('p.', true)];
  store._delete('p.a');
  expect([...seen, localStorage.length]).toEqual([null, [], ['p.a'], 0]);
});

it('keeps in memory what localStorage refuses', () => {
  const store = openStore(true);
  refuse('setItem');
  store._set('p.a', '1');
  expect([store._get('p.a'), store._keys('p.'), localStorage.length]).toEqual(['1', ['p.a'], 0]);
});

it('reads the newer text from memory when only the first write was taken', () => {
  const store = openStore(true);
  store._set('p.a', '1');
  refuse('setItem');
  store._set('p.a', '2');
  expect([store._get('p.a'), store._keys('p.')]).toEqual(['2', ['p.a']]);
});

it('works without localStorage at all', () => {
  refuse('getItem');
  refuse('setItem');
  refuse('removeItem');
  const store = openStore(true);
  store._set('p.b', '2');
  store._set('p.a', '1');
  store._set('q.a', '3');
  store._delete('p.c');
  expect([store._keys('p.'), store._get('p.b'), store._get('p.c') ?? null]).toEqual([['p.a', 'p.b'], '2', null]);
});
