/** Cuts things, in their order, into runs of one key, none longer than the key's largest size. */
export function cutRuns<T, K>(things: readonly T[], keyOf: (thing: T) => K, maxLength: (key: K) => number): T[][] {
  const runs: { key: K; things: T[] }[] = [];
  for (const thing of things) {
    const key = keyOf(thing);
    const last = runs.at(-1);
    if (last && last.key === key && last.things.length < maxLength(key)) last.things.push(thing);
    else runs.push({ key, things: [thing] });
  }
  return runs.map((run) => run.things);
}
