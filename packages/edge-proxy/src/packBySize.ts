const encoder = new TextEncoder();

/** Splits things into runs whose JSON, a line each, stays within a size. Order is kept; nothing is left out. */
export function packBySize<T>(things: readonly T[], maxBytes: number): T[][] {
  const packs: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const thing of things) {
    const size = encoder.encode(JSON.stringify(thing)).byteLength + 1;
    if (bytes + size > maxBytes) {
      packs.push([]);
      bytes = 0;
    }
    packs.at(-1)?.push(thing);
    bytes += size;
  }
  return packs;
}
