/** Something that wants part of a full call. */
interface Demand {
  share: number;
  wanted: number;
}

/**
 * Divides what a call can carry: everyone gets what they want up to their share, and what is left goes to those who want
 * more, the greater share first. The parts never add up to more than the whole.
 */
export function shareOut(whole: number, demands: readonly Demand[]): number[] {
  const sum = demands.reduce((total, { share }) => total + share, 0);
  const parts = demands.map(({ share, wanted }) => Math.min(wanted, Math.floor((whole * share) / sum)));
  let left = whole - parts.reduce((total, part) => total + part, 0);
  const byShare = [...demands.entries()].sort(([, a], [, b]) => b.share - a.share);
  for (const [index, { wanted }] of byShare) {
    const part = parts[index] ?? 0;
    const more = Math.min(left, wanted - part);
    parts[index] = part + more;
    left -= more;
  }
  return parts;
}
