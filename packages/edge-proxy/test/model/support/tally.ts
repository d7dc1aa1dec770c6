import type { Simulation } from './Simulation.ts';

const OUTCOMES = ['delivered', 'refused', 'dead', 'duplicate'] as const;

/** What became of the items of each lane: only what is not zero. `accepted` is left out where it adds up. */
export function tally(simulation: Simulation): Record<string, Record<string, number>> {
  const { waiting, counts } = simulation.figures();
  const lanes = new Set([...Object.keys(waiting), ...counts.map(({ lane }) => lane)]);
  const rows = [...lanes].map((lane) => {
    const sum = (outcome: string) =>
      counts.reduce((n, count) => n + (count.lane === lane && count.outcome === outcome ? count.n : 0), 0);
    const ends = { waiting: waiting[lane] ?? 0, ...Object.fromEntries(OUTCOMES.map((name) => [name, sum(name)])) };
    const lost = sum('accepted') - Object.values(ends).reduce((n, items) => n + items, 0);
    return [lane, Object.fromEntries(Object.entries({ ...ends, lost }).filter(([, n]) => n !== 0))] as const;
  });
  return Object.fromEntries(rows.filter(([, row]) => Object.keys(row).length > 0));
}
