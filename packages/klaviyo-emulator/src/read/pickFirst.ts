/** The first `count` rows in this order, sorted, without sorting the others: it keeps twice as many at a time. */
export function pickFirst<Row>(rows: readonly Row[], count: number, order: (a: Row, b: Row) => number): Row[] {
  let kept: Row[] = [];
  let last: Row | undefined;
  for (const row of rows) {
    if (last !== undefined && order(row, last) >= 0) continue;
    kept.push(row);
    if (kept.length < 2 * count) continue;
    kept = kept.sort(order).slice(0, count);
    last = kept.at(-1);
  }
  return kept.sort(order).slice(0, count);
}
