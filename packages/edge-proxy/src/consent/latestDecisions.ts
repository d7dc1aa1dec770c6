interface Decided {
  purpose: string;
  list: string;
  decision: string;
  decided_at: number;
}

/** What decisions of one person add up to: of each purpose and list the later one, on a tie the denial. */
export function latestDecisions<D extends Decided>(decisions: readonly D[]): D[] {
  const latest = new Map<string, D>();
  for (const decided of decisions) {
    const key = JSON.stringify([decided.purpose, decided.list]);
    const known = latest.get(key);
    const isLater =
      known === undefined ||
      decided.decided_at > known.decided_at ||
      (decided.decided_at === known.decided_at && decided.decision === 'denied');
    if (isLater) latest.set(key, decided);
  }
  return [...latest.values()];
}
