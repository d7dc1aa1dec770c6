import { type DeadLetter, type DeadLettersAnswer, DeadLettersQuerySchema } from '@sluice/shared';
import { Hono } from 'hono';
import type { DeadRow } from '../deliver/tables/deadLetters.ts';
import type { HttpEnv } from '../http.ts';
import { answerFailure } from '../ingest/failure.ts';
import { readInput } from '../ingest/readInput.ts';
import { findDispatcher } from './findDispatcher.ts';

/** `GET /v1/operator/dead-letters`: what died, why, and what was to be sent, the longest dead first. */
export function deadLettersRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get('/', async (c) => {
    const requestId = c.get('requestId');
    const input = readInput(DeadLettersQuerySchema, c.req.query());
    if (!input.ok) return answerFailure(input, requestId);
    const { account, ...query } = input.value;
    const found = findDispatcher(c, account);
    if (!found.ok) return answerFailure(found, requestId);
    const { rows, next } = await found.dispatcher.deadLetters(query);
    return c.json({ deadLetters: rows.map(present), next } satisfies DeadLettersAnswer);
  });
}

function present({ id, lane, item, reason, error, attempts, diedAtMs }: DeadRow): DeadLetter {
  // The ledger's pseudonyms are of no use to a reader.
  const { subjects: _subjects, ...brought } = JSON.parse(item);
  return {
    id,
    lane,
    reason,
    error: error === null ? null : JSON.parse(error),
    attempts,
    diedAtMs,
    item: brought,
  };
}
