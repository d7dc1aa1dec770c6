import type { Clock } from '../clock.ts';
import { OPERATIONS } from '../operations.ts';
import type { Limiter } from '../rate/createLimiter.ts';
import { findExtraBucket } from '../rate/findExtraBucket.ts';
import { settle } from '../state/tasks.ts';
import type { World } from '../state/types.ts';
import { inspect } from '../validate/check.ts';
import { authenticate } from './authenticate.ts';
import type { Answer, Route } from './Call.ts';
import { checkRevision } from './checkRevision.ts';
import { refuseBody, throttled } from './problem.ts';
import { type BodyRead, readBody } from './readBody.ts';

export interface Handled {
  answer: Answer;
  accountId: string | null;
  body: BodyRead | undefined;
}

/** The way of one API request, in order: key, scopes, revision, limits, body, rules, effect. */
export async function answerCall(
  parts: { world: World; clock: Clock; limiter: Limiter },
  request: { route: Route; raw: Request; id: string },
): Promise<Handled> {
  const { world, clock, limiter } = parts;
  const { route, raw } = request;
  const operation = OPERATIONS[route.operation];
  // Read first, whatever the outcome: a server that leaves a body unread breaks the connection's next request.
  const body = route.check ? await readBody(raw) : undefined;
  const nowMs = clock.now();
  settle(world, nowMs);

  const who = authenticate(world, raw.headers.get('authorization'), operation.scopes);
  if (!who.ok) return { answer: who.answer, accountId: null, body };
  const done = (answer: Answer): Handled => ({ answer, accountId: who.account.publicKey, body });

  const { assume } = world.settings;
  const wrongRevision = checkRevision(raw.headers, { nowMs, assume });
  if (wrongRevision) return done(wrongRevision);
  const bucket = { account: who.account.publicKey, operation: route.operation, tier: operation.tier };
  const permit = limiter.take(bucket, nowMs);
  if (!permit.allowed) return done(throttled(permit.retryAfterSeconds));
  const url = new URL(raw.url);
  const extra = findExtraBucket(route.operation, url.searchParams);
  const extraPermit = extra && limiter.take({ account: who.account.publicKey, ...extra }, nowMs);
  if (extraPermit?.allowed === false) return done(throttled(extraPermit.retryAfterSeconds));
  const limited = (answer: Answer) => done({ ...answer, headers: { ...permit.headers, ...answer.headers } });

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
