import { describe, expect, it } from 'vitest';
import { chunkItems } from '../../../src/deliver/chunkItems.ts';
import { MAX_ROW_BYTES } from '../../../src/deliver/limits.ts';
import { eventItem, profileItem, subscribeItem } from './support/items.ts';

const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\n')).byteLength;

describe('items on their way into the inbox', () => {
  it('share a row by lane and group, in the order in which they came', () => {
    const items = [
      eventItem('m1'),
      eventItem('o1', { kind: 'Placed Order' }),
      profileItem('p1'),
      subscribeItem('s1', { list: 'A' }),
      eventItem('m2'),
      subscribeItem('s2', { list: 'B' }),
      subscribeItem('s3', { list: 'A' }),
    ];
    const rows = chunkItems(items).map(({ lane, grp, lines }) => [lane, grp, lines.map((line) => JSON.parse(line))]);
    expect(rows).toEqual([
      ['events', 'views', [items[0], items[4]]],
      ['events', 'orders', [items[1]]],
      ['profiles', '', [items[2]]],
      ['subscribe', 'A', [items[3], items[6]]],
      ['subscribe', 'B', [items[5]]],
    ]);
  });

  it('stay within what a row may hold, whatever bytes their characters take, and none is lost', () => {
    const items = Array.from({ length: 400 }, (_, index) =>
      eventItem(`m${index}`, { properties: { text: (index % 2 ? 'é€😀' : 'abc').repeat(2500) } }),
    );
    const chunks = chunkItems(items);
    expect([
      chunks.length > 1,
      chunks.filter(({ lines }) => bytesOf(lines) > MAX_ROW_BYTES),
      chunks.flatMap(({ lines }) => lines.map((line) => JSON.parse(line).uniqueId)),
    ]).toEqual([true, [], items.map(({ uniqueId }) => uniqueId)]);
  });

  it('keep their lines whole when a text has line ends in it', () => {
    const item = eventItem('m1', { properties: { text: 'a\nb\u2028c\r\n' } });
    expect(
      chunkItems([item])
        .flatMap(({ lines }) => lines.join('\n').split('\n'))
        .map((line) => JSON.parse(line)),
    ).toEqual([item]);
  });

  it('are urgent where an order is among them', () => {
    const rows = chunkItems([eventItem('m1'), eventItem('m2', { urgent: true }), profileItem('p1')]);
    expect(rows.map(({ lane, urgent }) => [lane, urgent])).toEqual([
      ['events', true],
      ['profiles', false],
    ]);
  });
});
