import { laneOf } from '../lanes/index.ts';
import type { Outbox } from '../Outbox.ts';
import { readItems, readJobHeads } from '../tables/jobs.ts';

/** Tells whether a change of a person's consent is still to go. Of what is in the inbox nobody knows yet whose it is. */
export function isChanging({ sql, inbox }: Outbox): (subject: string) => boolean {
  const changes = ({ lane }: { lane: Parameters<typeof laneOf>[0] }) => laneOf(lane).isStale !== undefined;
  if (inbox.waiting().some(changes)) return () => true;
  let people: Set<string> | undefined;
  return (subject) => {
    people ??= new Set(
      readJobHeads(sql)
        .filter(changes)
        .flatMap(({ id }) => readItems(sql, id).flatMap(({ subjects }) => subjects)),
    );
    return people.has(subject);
  };
}
