import type { Config } from '@sluice/shared';
import type { Env } from '../env.ts';
import type { IngestMessage } from './acceptedEvent.ts';

/** The binding of the nth ingest queue, counted from 1: INGEST, INGEST_2, INGEST_3. */
export function bindingOfQueue(n: number): 'INGEST' | `INGEST_${number}` {
  return n === 1 ? 'INGEST' : `INGEST_${n}`;
}

/** The ingest queues that the configuration names. The settings were refused where one of them has no binding. */
export function ingestQueues(env: Env, { ingest }: Pick<Config, 'ingest'>): Queue<IngestMessage>[] {
  return namesOf(ingest.queues).flatMap((name) => env[name] ?? []);
}

/** The first binding that the configuration names and the Worker lacks. */
export function findMissingQueue(env: Env, { ingest }: Pick<Config, 'ingest'>): string | undefined {
  return namesOf(ingest.queues).find((name) => name !== 'INGEST' && env[name] === undefined);
}

function namesOf(queues: number) {
  return Array.from({ length: queues }, (_, index) => bindingOfQueue(index + 1));
}
