import { expect, test } from 'vitest';
import { createIds } from '../../src/lib/createIds.ts';
import { IDS_AT_ONCE } from '../../src/limits.ts';

test('ids are UUIDs of version 4, and none comes twice', () => {
  const createId = createIds();
  const ids = Array.from({ length: IDS_AT_ONCE * 3 + 1 }, createId);
  const strange = ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id));
  expect([strange, new Set(ids).size]).toEqual([[], ids.length]);
});
