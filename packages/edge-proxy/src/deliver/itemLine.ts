import type { Item } from '../map/item.ts';
import type { FrozenItem } from './freeze.ts';
import { type StoredItem, storeItem } from './storedItem.ts';

// JSON takes a tab between two members, and what JSON.stringify writes has none anywhere else.
const PROPERTIES = ',\t"properties":';

/** An item as a line of a row: its JSON, in which an event's properties come last, after the only tab. */
export function writeLine(item: StoredItem): string {
  if (item.lane !== 'events') return JSON.stringify(item);
  const head = JSON.stringify({ ...item, properties: undefined });
  return `${head.slice(0, -1)}${PROPERTIES}${item.properties}}`;
}

/** A frozen item as a line, where its freezing has added its subjects to what waited as this line, and nothing else. */
export function addSubjects(line: string, { subjects }: FrozenItem): string {
  return `{"subjects":${JSON.stringify(subjects)},${line.slice(1)}`;
}

/** Reads what `writeLine` or `addSubjects` wrote. The caller knows whether the row is one of frozen items. */
export function readLine<I extends StoredItem = StoredItem>(line: string): I {
  const end = line.indexOf(PROPERTIES);
  // No event, or one that an earlier release wrote.
  if (end === -1) return storeItem(JSON.parse(line) as Item) as I;
  const item = JSON.parse(`${line.slice(0, end)}}`);
  item.properties = line.slice(end + PROPERTIES.length, -1);
  return item;
}
