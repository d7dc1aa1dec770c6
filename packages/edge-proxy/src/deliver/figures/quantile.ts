/** How many values lie in a bucket, and the greatest value that it holds. */
interface Bucket {
  upTo: number;
  n: number;
}

/** The bucket that a quantile falls into, as its upper bound: so the true value is never understated. Null without values. */
export function quantile(buckets: readonly Bucket[], share: number): number | null {
  const sorted = [...buckets].sort((a, b) => a.upTo - b.upTo);
  const rank = share * sorted.reduce((sum, { n }) => sum + n, 0);
  let seen = 0;
  for (const { upTo, n } of sorted) {
    seen += n;
    if (n > 0 && seen >= rank) return upTo;
  }
  return null;
}
