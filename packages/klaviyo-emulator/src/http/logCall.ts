import type { Context } from 'hono';
import type { Clock } from '../clock.ts';
import type { RequestLog } from '../control/requestLog.ts';
import { isObject } from '../validate/object.ts';
import type { Handled } from './answerCall.ts';
import type { Answer, Route } from './Call.ts';

/** Notes one request; never its Authorization header. */
export function logCall(
  parts: { log: RequestLog; clock: Clock },
  call: { context: Context; route: Route | undefined; handled: Handled | undefined; answer: Answer; fault: boolean },
): void {
  const { context, route, handled, answer, fault } = call;
  const url = new URL(context.req.url);
  const body = handled?.body;
  const value = body?.ok ? body.value : null;
  parts.log.add({
    time: new Date(parts.clock.now()).toISOString(),
    account: handled?.accountId ?? null,
    operation: route?.operation ?? null,
    method: context.req.method,
    path: url.pathname + url.search,
    status: answer.status,
    fault,
    items: value === null ? 0 : (route?.countItems?.(value) ?? 0),
    bodyBytes: body?.bytes ?? 0,
    requestBody: value,
    errors: listErrors(answer.body),
  });
}

function listErrors(body: unknown): { code: string; pointer: string | null }[] {
  if (!isObject(body) || !Array.isArray(body.errors)) return [];
  return body.errors.map((error) => ({
    code: String(error?.code),
    pointer: error?.source?.pointer ?? error?.source?.parameter ?? null,
  }));
}
