import { expect, it } from 'vitest';
import type { FrozenItem } from '../../../src/deliver/freeze.ts';
import { addSubjects, readLine, writeLine } from '../../../src/deliver/itemLine.ts';
import { storeItem } from '../../../src/deliver/storedItem.ts';
import type { Item } from '../../../src/map/item.ts';
import { eventItem, profileItem, storedEvent, subscribeItem } from './support/items.ts';

const items: Item[] = [
  eventItem('m1'),
  eventItem('m2', { value: 1.5, currency: 'EUR', location: { city: 'Oslo' }, urgent: true }),
  eventItem('m3', { properties: { '\t"properties":': ',\t"properties":{}', text: 'a\nb\u2028c\r\n\t–😀', '': null } }),
  eventItem('m4,\t"properties":', { metric: '\t', who: { external_id: '"},\t"properties":{' } }),
  profileItem('p1', { attributes: { properties: { a: 'x\ty\n' } } }),
  subscribeItem('s1'),
];

it('reads an item back as it was written, whatever texts it has', () => {
  expect(items.map((item) => readLine(writeLine(storeItem(item))))).toEqual(items.map(storeItem));
});

it('is one line, and JSON of the item as a whole: for dead letters, filters and the release before', () => {
  const lines = items.map((item) => writeLine(storeItem(item)));
  expect([lines.filter((line) => line.includes('\n')), lines.map((line) => JSON.parse(line))]).toEqual([[], items]);
});

it('reads what the release before wrote', () => {
  expect(items.map((item) => readLine(JSON.stringify(item)))).toEqual(items.map(storeItem));
});

it('keeps what freezing adds', () => {
  const frozen = { ...storedEvent('m1'), subjects: ['1.abc'], holdsKey: true as const };
  expect(readLine(writeLine(frozen))).toEqual(frozen);
});

it('reads subjects that were added to a line as it stood', () => {
  const frozen = items.map((item) => ({ ...storeItem(item), subjects: ['1.abc', '1.def'] }));
  const lines = items.map((item, at) => addSubjects(writeLine(storeItem(item)), frozen[at] as FrozenItem));
  expect(lines.map((line) => readLine(line))).toEqual(frozen);
});
