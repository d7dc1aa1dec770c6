import { describe, expect, test } from 'vitest';
import { RULES } from './rules/index.ts';
import { createTestEmulator } from './support/createTestEmulator.ts';

describe('Klaviyo', () => {
  test.each(RULES)('$rule', async ({ scene, seen }) => {
    expect(await scene(createTestEmulator)).toEqual(seen);
  });

  test('is described by rules of different names', () => {
    const names = RULES.map(({ rule }) => rule);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
