import type { FrozenItem } from './freeze.ts';
import type { Denial } from './tables/blocked.ts';

/** Tells of items which of some denials are of their person. */
export function denialsBySubject(denials: readonly Denial[]): (item: FrozenItem) => Denial[] {
  const bySubject = Map.groupBy(denials, ({ subject }) => subject);
  return ({ subjects }) => subjects.flatMap((subject) => bySubject.get(subject) ?? []);
}
