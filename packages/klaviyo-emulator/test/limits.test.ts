import { expect, test } from 'vitest';
import { createLimiter } from '../src/rate/createLimiter.ts';
import { START_MS } from './support/createTestEmulator.ts';

const FOR_MS = 60_000;

test('a minute of hammering touches two windows: it passes more than one minute allows, never more than two do', () => {
  const limiter = createLimiter();
  const seeds = Array.from({ length: 20 }, (_, index) => `seed ${index}`);
  const passed = seeds.map((seed) => {
    limiter.reset();
    limiter.configure({ seed });
    let allowed = 0;
    for (let at = START_MS; at < START_MS + FOR_MS; at += 10)
      if (limiter.take('EMULAT', [{ operation: 'get_metrics', tier: 'M' }], at).allowed) allowed += 1;
    return allowed;
  });
  expect(passed.filter((allowed) => allowed <= 150 || allowed > 300)).toEqual([]);
});
