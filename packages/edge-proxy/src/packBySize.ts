import { countBytes } from './countBytes.ts';

/** Things that go together, and their JSON, a line each. */
export interface Pack<T> {
  things: T[];
  text: string;
}

/** Splits things into runs whose JSON, a line each, stays within a size. Order is kept; nothing is left out. */
export function packBySize<T>(
  things: readonly T[],
  maxBytes: number,
  toLine: (thing: T) => string = JSON.stringify,
): Pack<T>[] {
  if (things.length === 0) return [];
  const lines = things.map((thing) => toLine(thing));
  const text = lines.join('\n');
  // Mostly one look at the whole is enough.
  if (countBytes(text) < maxBytes) return [{ things: [...things], text }];
  const sizes = lines.map((line) => countBytes(line) + 1);
  return cutBySize(sizes, maxBytes).map(([from, to]) => ({
    things: things.slice(from, to),
    text: lines.slice(from, to).join('\n'),
  }));
}

/** The first and last index of each run; what is larger than the limit is a run of its own. */
export function cutBySize(sizes: readonly number[], maxBytes: number): [from: number, to: number][] {
  const cuts: number[] = [0];
  let bytes = 0;
  for (const [index, size] of sizes.entries()) {
    if (bytes + size > maxBytes && index > 0) {
      cuts.push(index);
      bytes = 0;
    }
    bytes += size;
  }
  return cuts.map((from, index) => [from, cuts[index + 1] ?? sizes.length]);
}
