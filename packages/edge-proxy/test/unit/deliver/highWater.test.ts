import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { Delivery } from '../../../src/deliver/Delivery.ts';
import type { Ground } from '../../../src/deliver/Ground.ts';
import { HIGH_WATER_ITEMS } from '../../../src/deliver/limits.ts';
import type { Chunk } from '../../../src/deliver/tables/inbox.ts';
import type { LaneName } from '../../../src/map/item.ts';
import { sqliteStorage } from '../../model/support/sqliteStorage.ts';
import { receivedAtMs } from './support/items.ts';

const CHUNK_ITEMS = 400_000;

const chunk = (lane: LaneName, items: number): Chunk => ({
  lane,
  grp: '',
  items: Array.from({ length: items }, () => '{}').join('\n'),
  count: items,
  urgent: false,
});

it('takes no more past the high-water mark, but opt-outs, and goes on when there is room again', () => {
  const database = new DatabaseSync(':memory:');
  const ground = { storage: sqliteStorage(database), now: () => receivedAtMs };
  let delivery = new Delivery(ground as unknown as Ground);
  const store = (lane: LaneName, items: number) => delivery.store('main', [chunk(lane, items)]).ok;
  const filling = Array.from({ length: HIGH_WATER_ITEMS / CHUNK_ITEMS }, () => store('events', CHUNK_ITEMS));
  const past = [store('events', 1), store('unsubscribe', 1), store('events', 1)];
  database.exec('DELETE FROM inbox WHERE seq = 1');
  // What is removed behind its back it only sees after a restart.
  delivery = new Delivery(ground as unknown as Ground);
  const again = [store('events', CHUNK_ITEMS - 1), store('events', 1)];
  expect([filling, past, again]).toEqual([filling.map(() => true), [false, true, false], [true, false]]);
});
