import type { Context } from 'hono';
import type { Clock } from '../clock.ts';
import type { RequestLog } from '../control/requestLog.ts';
import { isObject } from '../validate/object.ts';
import type { Handled } from './answerCall.ts';
import type { Answer, Route } from './Call.ts';
import type { BodyRead } from './readBody.ts';

/** Notes one request; never its Authorization header. */
export function logCall(
  parts: { log: RequestLog; clock: Clock },
  call: {
    context: Context;
    route: Route | undefined;
    handled: Handled | undefined;
    body: BodyRead | undefined;
    answer: Answer;
    fault: boolean;
  },
): void {
  const { context, route, handled, body, answer, fault } = call;
  const url = new URL(context.req.url);
  const value = body?.ok ? body.value : null;
  parts.log.add({
    time: new Date(parts.clock.now()).toISOString(),
    account: handled?.accountId ?? null,
    operation: route?.operation ?? null,
    method: context.req.method,
    path: url.pathname + url.search,
    status: answer.status,
    fault,
    rateLimit: handled?.rateLimit ?? null,
    items: value === null ? 0 : (route?.countItems?.(value) ?? 0),
    bodyBytes: body?.bytes ?? 0,
    requestBody: route?.conceal ? route.conceal(value) : value,
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
