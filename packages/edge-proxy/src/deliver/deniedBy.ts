import { concerns } from './concerns.ts';
import type { FrozenItem } from './freeze.ts';
import type { Denial } from './tables/blocked.ts';

/** Tells of items whether one of some denials keeps them from being sent. */
export function deniedBy(denials: readonly Denial[]): (item: FrozenItem) => boolean {
  const bySubject = Map.groupBy(denials, ({ subject }) => subject);
  return (item) =>
    item.subjects.flatMap((subject) => bySubject.get(subject) ?? []).some((denial) => concerns(denial, item));
}
