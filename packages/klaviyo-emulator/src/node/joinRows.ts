import { asSnapshot } from '../state/asSnapshot.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { isObject } from '../validate/object.ts';

/** What listRows took apart. Throws with the reason where it is anything else, or where its end is missing. */
export function joinRows(rows: Iterable<unknown>): Snapshot {
  let snapshot: Snapshot | undefined;
  let count = 0;
  let complete = false;
  for (const row of rows) {
    complete = isObject(row) && row.rows === count;
    if (!snapshot) snapshot = asSnapshot(row);
    else if (Array.isArray(row)) count += put(snapshot, row);
  }
  if (!snapshot || !complete) throw new Error(`It breaks off after ${count} rows.`);
  return snapshot;
}

function put(snapshot: Snapshot, [place, list, row]: unknown[]): 1 {
  const holder = place === null ? snapshot : snapshot.accounts[Number(place)];
  const held: unknown = holder && Reflect.get(holder, String(list));
  if (!Array.isArray(held)) throw new Error(`It has a row of ${String(place)}/${String(list)}, which is no list.`);
  held.push(row);
  return 1;
}
