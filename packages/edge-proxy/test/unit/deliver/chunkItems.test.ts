import { describe, expect, it } from 'vitest';
import { chunkItems } from '../../../src/deliver/chunkItems.ts';
import { readLine } from '../../../src/deliver/itemLine.ts';
import { MAX_ROW_BYTES } from '../../../src/deliver/limits.ts';
import type { Chunk } from '../../../src/deliver/tables/inbox.ts';
import { profileItem, storedEvent, subscribeItem } from './support/items.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).byteLength;
const itemsOf = ({ items }: Chunk) => items.split('\n').map((line) => readLine(line));

describe('items on their way into the inbox', () => {
  it('share a row by lane and group, in the order in which they came', () => {
    const items = [
      storedEvent('m1'),
      storedEvent('o1', { kind: 'Placed Order' }),
      profileItem('p1'),
      subscribeItem('s1', { list: 'A' }),
      storedEvent('m2'),
      subscribeItem('s2', { list: 'B' }),
      subscribeItem('s3', { list: 'A' }),
    ];
    const rows = chunkItems(items).map((chunk) => [chunk.lane, chunk.grp, chunk.count, itemsOf(chunk)]);
    expect(rows).toEqual([
      ['events', 'views', 2, [items[0], items[4]]],
      ['events', 'orders', 1, [items[1]]],
      ['profiles', '', 1, [items[2]]],
      ['subscribe', 'A', 2, [items[3], items[6]]],
      ['subscribe', 'B', 1, [items[5]]],
    ]);
  });

  it('stay within what a row may hold, whatever bytes their characters take, and none is lost', () => {
    const items = Array.from({ length: 400 }, (_, index) =>
      storedEvent(`m${index}`, { properties: { text: (index % 2 ? 'é€😀' : 'abc').repeat(2500) } }),
    );
    const chunks = chunkItems(items);
    expect([
      chunks.length > 1,
      chunks.filter(({ items: text }) => bytesOf(text) > MAX_ROW_BYTES),
      chunks.flatMap(itemsOf),
    ]).toEqual([true, [], items]);
  });

  it('are urgent where an order is among them', () => {
    const rows = chunkItems([storedEvent('m1'), storedEvent('m2', { urgent: true }), profileItem('p1')]);
    expect(rows.map(({ lane, urgent }) => [lane, urgent])).toEqual([
      ['events', true],
      ['profiles', false],
    ]);
  });
});
