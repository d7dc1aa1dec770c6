import type { Context, Hono } from 'hono';
import { OPERATIONS } from '../operations.ts';
import { ROUTES } from '../routes.ts';
import { allowBrowsers } from './allowBrowsers.ts';
import { type ApiParts, answerRequest } from './answerRequest.ts';
import { assumeErrors } from './assumeErrors.ts';
import type { Answer } from './Call.ts';
import { ConnectionClosed } from './ConnectionClosed.ts';
import { logCall } from './logCall.ts';
import { notFound, refuse } from './problem.ts';
import { respond } from './respond.ts';

/** Klaviyo's API: every known operation, 405 for a wrong method, 404 for everything else. */
export function mountApi(app: Hono, parts: ApiParts): void {
  app.onError(answerBug);
  allowBrowsers(app);
  for (const route of ROUTES) {
    const { method, path } = OPERATIONS[route.operation];
    app.on(method, path, (context) => answerRequest(context, parts, route));
  }
  for (const path of new Set(ROUTES.map(({ operation }) => OPERATIONS[operation].path)))
    app.all(path, (context) => reply(context, parts, methodNotAllowed(path)));
  app.all('*', (context) =>
    reply(context, parts, notFound(`There is nothing at ${new URL(context.req.url).pathname}.`)),
  );
}

/** Broken connections and aborts reach the caller of `fetch`; anything else that throws is a bug of the emulator. */
function answerBug(error: Error, context: Context): Response {
  if (error instanceof ConnectionClosed || error === context.req.raw.signal.reason) throw error;
  console.error(error);
  return respond(refuse({ status: 500, code: 'error', title: 'Emulator bug.', detail: "See the emulator's output." }));
}

function reply(context: Context, parts: ApiParts, answer: Answer): Response {
  const seen = assumeErrors(answer, parts.world().settings.assume);
  logCall(parts, { context, route: undefined, handled: undefined, body: undefined, answer: seen, fault: false });
  return respond(seen);
}

function methodNotAllowed(path: string): Answer {
  const allowed = ROUTES.map(({ operation }) => OPERATIONS[operation]).filter((each) => each.path === path);
  const detail = `Allowed here: ${allowed.map(({ method }) => method).join(', ')}.`;
  const problem = { status: 405, code: 'method_not_allowed', title: 'Method not allowed.', detail };
  return refuse(problem, { Allow: allowed.map(({ method }) => method).join(', ') });
}
