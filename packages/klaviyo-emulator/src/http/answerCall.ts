import type { Clock } from '../clock.ts';
import { OPERATIONS } from '../operations.ts';
import type { Limiter } from '../rate/createLimiter.ts';
import { findBuckets } from '../rate/findBuckets.ts';
import { rateHeaders, type SteadyWindow, steadyOf } from '../rate/rateHeaders.ts';
import { settle } from '../state/tasks.ts';
import type { World } from '../state/types.ts';
import { inspect } from '../validate/check.ts';
import { authenticate } from './authenticate.ts';
import type { Answer, Route } from './Call.ts';
import { checkQuery } from './checkQuery.ts';
import { checkRevision } from './checkRevision.ts';
import { findCompany } from './findCompany.ts';
import { refuseBody, throttled } from './problem.ts';
import type { BodyRead } from './readBody.ts';

export interface Handled {
  answer: Answer;
  accountId: string | null;
  /** What the call left of the operation's steady window; null where no limit was asked. */
  rateLimit: SteadyWindow | null;
}

/** The way of one API request, in order: key, scopes, revision, limits, query, body, rules, effect. */
export function answerCall(
  parts: { world: World; clock: Clock; limiter: Limiter },
  request: { route: Route; raw: Request; id: string; body: BodyRead | undefined },
): Handled {
  const { world, clock, limiter } = parts;
  const { route, raw, body } = request;
  const operation = OPERATIONS[route.operation];
  const nowMs = clock.now();
  settle(world, nowMs);

  const url = new URL(raw.url);
  const who = operation.client
    ? findCompany(world, url.searchParams)
    : authenticate(world, raw.headers.get('authorization'), operation.scopes);
  if (!who.ok) return { answer: who.answer, accountId: null, rateLimit: null };
  const done = (answer: Answer, rateLimit: SteadyWindow | null = null): Handled => ({
    answer,
    accountId: who.account.publicKey,
    rateLimit,
  });

  const { assume } = world.settings;
  const wrongRevision = checkRevision(raw.headers, { nowMs, assume });
  if (wrongRevision) return done(wrongRevision);
  const permit = limiter.take(who.account.publicKey, findBuckets(route.operation, url.searchParams), nowMs);
  const steady = steadyOf(permit.windows);
  if (!permit.allowed) return done(throttled(permit.retryAfterSeconds), steady);
  const headers = rateHeaders(permit.windows, assume.rateLimitHeaders);
  const limited = (answer: Answer) => done({ ...answer, headers: { ...headers, ...answer.headers } }, steady);

  const wrongQuery = checkQuery(route.operation, url.searchParams);
  if (wrongQuery) return limited(wrongQuery);
  if (body && !body.ok) return limited(body.answer);
  const issues = route.check ? inspect(route.check, body?.value, { nowMs, assume }) : [];
  if (issues.length > 0) return limited(refuseBody(issues));

  const answer = route.handle({
    world,
    account: who.account,
    operation: route.operation,
    id: request.id,
    query: url.searchParams,
    body: body?.value,
    nowMs,
    origin: url.origin,
    path: url.pathname,
  });
  settle(world, nowMs);
  return limited(answer);
}
