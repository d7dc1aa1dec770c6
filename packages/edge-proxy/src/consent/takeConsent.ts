import { type Config, ConsentSchema, type JsonObject, normalizeEmail } from '@sluice/shared';
import { normalizePhone } from '@sluice/shared/phone';
import { type Failure, fail } from '../ingest/failure.ts';
import type { ConsentRequest } from '../ingest/openConsentRequest.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { boundId } from '../map/clean/boundId.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import { decideTracking } from './decideTracking.ts';
import { policyOf } from './policyOf.ts';
import { readDecidedAt } from './readDecidedAt.ts';

/** Whether a person may be tracked, by their own word. */
export interface TrackingChoice {
  id: string;
  /** As their events name them. */
  who: Identifiers;
  decision: 'granted' | 'denied';
  decidedAtMs: number;
}

interface Context extends Omit<ConsentRequest, 'body' | 'evidence'> {
  config: Config;
}

type Taken = { ok: true; choice: TrackingChoice; evidence: Record<string, unknown> } | Failure;

/** Checks what a banner or a back end says of tracking. Pure but for a missing id. */
export function takeConsent(body: JsonObject, context: Context): Taken {
  const parsed = ConsentSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('body_malformed', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const { source, config, country } = context;
  const { email: address, phone: number, anonymousId, userId, consent, purposes, ...request } = parsed.data;
  if (userId && source.kind === 'public')
    return fail('field_untrusted', 'userId: only a back end may say whose it is; send "anonymousId" from a page.');
  const email = normalizeEmail(address);
  const phone = normalizePhone(number, source.kind === 'public' ? country : undefined);
  if (address && !email) return fail('email_invalid');
  if (number && !phone) return fail('phone_invalid');
  const userEmail = normalizeEmail(userId);
  const who = dropUndefined<Identifiers>({
    email: email ?? userEmail,
    phone_number: phone,
    external_id: userId && userEmail === undefined ? boundId(userId) : undefined,
    anonymous_id: anonymousId ? boundId(anonymousId) : undefined,
  });
  if (Object.keys(who).length === 0)
    return fail('body_malformed', 'body: expected "anonymousId", "email", "phone" or, from a back end, "userId"');
  const policy = policyOf(source, config);
  const decision = purposes?.tracking ?? (consent ? decideTracking(consent, policy) : undefined);
  if (decision === undefined)
    return fail('body_malformed', `consent.categoryPreferences: expected an answer to ${policy.required.join(', ')}`);
  const decidedAtMs = readDecidedAt(request.timestamp, context);
  const choice = { id: request.messageId ?? crypto.randomUUID(), who, decision, decidedAtMs };
  return { ok: true, choice, evidence: { ...request.evidence, ...(consent && { consent }) } };
}
