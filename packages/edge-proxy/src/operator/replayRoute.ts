import { type ReplayAnswer, type ReplayOrder, ReplaySchema } from '@sluice/shared';
import { Hono } from 'hono';
import type { Dispatcher } from '../deliver/Dispatcher.ts';
import type { ReplayPiece } from '../deliver/deadLetters/replayDeadLetters.ts';
import { MAX_REPLAY_PIECES } from '../deliver/limits.ts';
import type { HttpContext, HttpEnv } from '../http.ts';
import { answerFailure } from '../ingest/failure.ts';
import { readBody } from '../ingest/readBody.ts';
import { readInput } from '../ingest/readInput.ts';
import { beginAction, endAction } from '../store/operatorAudit.ts';
import { findDispatcher } from './findDispatcher.ts';

/** `POST /v1/operator/replay`: sends dead letters again, in pieces, or opt-outs; the answer says whether there are more. */
export function replayRoute(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post('/', async (c) => {
    const requestId = c.get('requestId');
    const read = await readBody(c.req.raw);
    if (!read.ok) return answerFailure(read, requestId);
    const input = readInput(ReplaySchema, read.body);
    if (!input.ok) return answerFailure(input, requestId);
    const { account } = input.value;
    const found = findDispatcher(c, account);
    if (!found.ok) return answerFailure(found, requestId);
    const audit = { operator: c.get('operator'), account, action: 'replay', detail: describe(input.value) } as const;
    const auditId = await beginAction(c.env.DB, audit, Date.now());
    const moved = await replay(found.dispatcher, input.value);
    await endAction(c.env.DB, auditId, moved);
    logReplay(c, account, moved.replayed);
    return c.json({ ...moved, requestId } satisfies ReplayAnswer);
  });
}

async function replay(
  dispatcher: DurableObjectStub<Dispatcher>,
  { ids, filter = {}, optOuts }: ReplayOrder,
): Promise<Omit<ReplayAnswer, 'requestId'>> {
  if (optOuts) return { replayed: await dispatcher.replayOptOuts(), more: false };
  let piece: ReplayPiece = ids ? { ids } : { filter };
  let replayed = 0;
  for (let pieces = 0; pieces < MAX_REPLAY_PIECES; pieces++) {
    const moved = await dispatcher.replay(piece);
    replayed += moved.replayed;
    if (moved.full || moved.next === null) return { replayed, more: moved.full };
    piece = { filter, from: moved.next };
  }
  return { replayed, more: true };
}

/** How many ids, not which: clients choose them, and may have put a person's address in. */
function describe({ ids, filter, all, optOuts }: ReplayOrder): object {
  return { ids: ids?.length, filter, all, optOuts };
}

function logReplay(c: HttpContext, account: string, replayed: number): void {
  console.log(JSON.stringify({ message: 'replay', account, replayed, requestId: c.get('requestId') }));
}
