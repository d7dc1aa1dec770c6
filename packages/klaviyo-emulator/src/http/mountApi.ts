import type { Context, Hono } from 'hono';
import type { Clock } from '../clock.ts';
import { answerFault } from '../control/answerFault.ts';
import type { Fault, FaultPlan } from '../control/faults.ts';
import type { RequestLog } from '../control/requestLog.ts';
import { OPERATIONS } from '../operations.ts';
import type { Limiter } from '../rate/createLimiter.ts';
import { ROUTES } from '../routes.ts';
import type { World } from '../state/types.ts';
import { answerCall, type Handled } from './answerCall.ts';
import { assumeErrors } from './assumeErrors.ts';
import type { Answer, Route } from './Call.ts';
import { ConnectionClosed } from './ConnectionClosed.ts';
import { logCall } from './logCall.ts';
import { notFound, refuse } from './problem.ts';
import { readBody } from './readBody.ts';
import { respond } from './respond.ts';

interface ApiParts {
  readonly world: () => World;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly changed: () => void;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Klaviyo's API: every known operation, 405 for a wrong method, 404 for everything else. */
export function mountApi(app: Hono, parts: ApiParts): void {
  app.onError(answerBug);
  for (const route of ROUTES) {
    const { method, path } = OPERATIONS[route.operation];
    app.on(method, path, (context) => answer(context, parts, route));
  }
  for (const path of new Set(ROUTES.map(({ operation }) => OPERATIONS[operation].path)))
    app.all(path, (context) => reply(context, parts, methodNotAllowed(path)));
  app.all('*', (context) =>
    reply(context, parts, notFound(`There is nothing at ${new URL(context.req.url).pathname}.`)),
  );
}

/** Broken connections reach the caller of `fetch`; anything else that throws is a bug of the emulator. */
function answerBug(error: Error): Response {
  if (error instanceof ConnectionClosed) throw error;
  console.error(error);
  return respond(refuse({ status: 500, code: 'error', title: 'Emulator bug.', detail: "See the emulator's output." }));
}

async function answer(context: Context, parts: ApiParts, route: Route): Promise<Response> {
  const fault = parts.faults.take(route.operation);
  if (fault?.delayMs) await parts.sleep(fault.delayMs);
  const request = { route, raw: context.req.raw, id: context.req.param('id') ?? '' };
  // A fault that only waits is a slow Klaviyo, not a failing one.
  const fails = fault !== undefined && !isDelayOnly(fault);
  const handled: Handled =
    fails && !fault.after
      ? { answer: answerFault(fault), accountId: null, body: route.check && (await readBody(context.req.raw)) }
      : await answerCall({ ...parts, world: parts.world() }, request);
  const seen = fails ? answerFault(fault) : assumeErrors(handled.answer, parts.world().settings.assume);
  logCall(parts, { context, route, handled, answer: seen, fault: fault !== undefined });
  parts.changed();
  if (fault?.close) throw new ConnectionClosed();
  return respond(seen);
}

function isDelayOnly({ delayMs, operation, count, skip, ...rest }: Fault): boolean {
  return delayMs !== undefined && Object.keys(rest).length === 0;
}

function reply(context: Context, parts: ApiParts, answer: Answer): Response {
  const seen = assumeErrors(answer, parts.world().settings.assume);
  logCall(parts, { context, route: undefined, handled: undefined, answer: seen, fault: false });
  return respond(seen);
}

function methodNotAllowed(path: string): Answer {
  const allowed = ROUTES.map(({ operation }) => OPERATIONS[operation]).filter((each) => each.path === path);
  const detail = `Allowed here: ${allowed.map(({ method }) => method).join(', ')}.`;
  const problem = { status: 405, code: 'method_not_allowed', title: 'Method not allowed.', detail };
  return refuse(problem, { Allow: allowed.map(({ method }) => method).join(', ') });
}
