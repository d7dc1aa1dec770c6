import type { Source } from '@sluice/shared';
import { subjectsOf } from '../../consent/subjects.ts';
import type { HttpContext } from '../../http.ts';
import type { AcceptedSubscription } from '../../ingest/acceptedEvent.ts';
import { type Failure, fail } from '../../ingest/failure.ts';
import type { ConsentRequest } from '../../ingest/openConsentRequest.ts';
import { dropUndefined } from '../../map/dropUndefined.ts';
import { verifyTurnstile } from './verifyTurnstile.ts';

/**
 * Keeps robots from filling lists, and from having strangers mailed. Undefined: go on. An ok answers a robot as anybody, and
 * nothing is recorded. A back end knows whom it has in front of it.
 */
export async function guardSignUp(
  c: HttpContext,
  { source, body }: Pick<ConsentRequest, 'source' | 'body'>,
  subscription: AcceptedSubscription,
): Promise<{ ok: true; status: 'accepted' } | Failure | undefined> {
  if (source.kind === 'server') return undefined;
  if (body.honeypot) {
    console.log(JSON.stringify({ message: 'honeypot', source: source.id }));
    return { ok: true, status: 'accepted' };
  }
  const challenged = await challenge(c, body.turnstileToken, subscription.id);
  if (challenged) return challenged;
  // After the challenge: a robot that fails it must not use up the tries of whoever has the address.
  const isAllowed = await isWithinLimits(c, source, subscription);
  return isAllowed ? undefined : fail('rate_limited', undefined, { retryAfterSeconds: 60 });
}

async function challenge(c: HttpContext, token: unknown, id: string): Promise<Failure | undefined> {
  const secret = c.env.TURNSTILE_SECRET;
  if (!secret) return undefined;
  if (typeof token !== 'string' || token === '') return fail('challenge_failed');
  const url = c.get('settings').config.signUps.turnstileUrl;
  const verdict = await verifyTurnstile({ url, secret, token, ip: c.req.header('cf-connecting-ip'), id });
  switch (verdict) {
    case 'passed':
      return undefined;
    case 'failed':
      return fail('challenge_failed');
    case 'unknown':
      return fail('challenge_unavailable', undefined, { retryAfterSeconds: 5 });
  }
}

/** Each address is counted under its pseudonym, so that the limiter knows nobody. */
async function isWithinLimits(
  c: HttpContext,
  { id, account }: Source,
  { email, phone }: AcceptedSubscription,
): Promise<boolean> {
  const who = dropUndefined({ email, phone_number: phone });
  const subjects = await subjectsOf(account, who, c.get('settings').ledgerKeys);
  const counted = await Promise.all([
    c.env.SOURCE_LIMITER.limit({ key: id }),
    ...subjects.map(({ subject }) => c.env.ADDRESS_LIMITER.limit({ key: subject })),
  ]);
  return counted.every(({ success }) => success);
}
