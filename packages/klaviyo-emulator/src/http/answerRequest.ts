import type { Context } from 'hono';
import type { Clock } from '../clock.ts';
import { answerFault } from '../control/answerFault.ts';
import type { Fault, FaultSource } from '../control/faults.ts';
import type { RequestLog } from '../control/requestLog.ts';
import type { Limiter } from '../rate/createLimiter.ts';
import type { World } from '../state/types.ts';
import { answerCall, type Handled } from './answerCall.ts';
import { assumeErrors } from './assumeErrors.ts';
import type { Answer, Route } from './Call.ts';
import { ConnectionClosed } from './ConnectionClosed.ts';
import { cutAnswer } from './cutAnswer.ts';
import { logCall } from './logCall.ts';
import { readBody } from './readBody.ts';
import { respond } from './respond.ts';

export interface ApiParts {
  readonly world: () => World;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly faults: FaultSource;
  readonly log: RequestLog;
  readonly changed: () => void;
  readonly sleep: (ms: number, request: AbortSignal) => Promise<void>;
}

/** One request to a known operation: the fault that hits it, else the rules, and the log. */
export async function answerRequest(context: Context, parts: ApiParts, route: Route): Promise<Response> {
  const { raw } = context.req;
  const fault = parts.faults.take(route.operation);
  const ended = fault?.hang ? parts.faults.ended(raw.signal) : undefined;
  // Read first, whatever the outcome: a server that leaves a body unread breaks the connection's next request.
  const body = route.check ? await readBody(raw) : undefined;
  if (fault?.delayMs) await parts.sleep(fault.delayMs, raw.signal);

  const planned = fault === undefined || leavesAnswer(fault) ? undefined : answerFault(fault);
  const { version } = parts.world();
  const handled: Handled =
    planned && !fault?.after
      ? { answer: planned, accountId: null, rateLimit: null }
      : answerCall({ ...parts, world: parts.world() }, { route, raw, body, id: context.req.param('id') ?? '' });
  const seen = planned ?? assumeErrors(handled.answer, parts.world().settings.assume);
  logCall(parts, { context, route, handled, body, answer: seen, fault: fault !== undefined });
  if (parts.world().version > version) parts.changed();
  if (fault === undefined) return respond(seen);
  await ended;
  return deliver(seen, fault, raw.signal);
}

/** What only slows or cuts an answer does not replace it: Klaviyo did its work. */
function leavesAnswer({ delayMs, truncate, after, operation, count, skip, probability, ...rest }: Fault): boolean {
  const says = Object.values(rest).some((value) => value !== undefined && value !== false);
  return !says && (truncate === true || (delayMs !== undefined && !after));
}

async function deliver(answer: Answer, fault: Fault, request: AbortSignal): Promise<Response> {
  // As `fetch` does for who did not wait; a client over HTTP is gone.
  if (request.aborted) throw request.reason;
  if (fault.close || fault.hang) throw new ConnectionClosed();
  return fault.truncate ? cutAnswer(answer) : respond(answer);
}
