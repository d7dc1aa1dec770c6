import {
  type Account,
  type Channel,
  type Config,
  decideDoor,
  type JsonObject,
  normalizeEmail,
  type Source,
  type SubscribeBody,
  SubscribeSchema,
} from '@sluice/shared';
import { normalizePhone } from '@sluice/shared/phone';
import { policyOf } from '../consent/policyOf.ts';
import { readDecidedAt } from '../consent/readDecidedAt.ts';
import { readTcf } from '../consent/readTcf.ts';
import type { AcceptedSubscription } from '../ingest/acceptedEvent.ts';
import { type Failure, fail } from '../ingest/failure.ts';
import type { ProfileAttributes } from '../klaviyo/profileAttributes.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import { isPublicTrait } from '../map/who/isPublicTrait.ts';
import { readLocaleCountry } from '../map/who/readLocaleCountry.ts';
import { isOldEnough } from './abuse/isOldEnough.ts';
import { readLists } from './readLists.ts';

interface SubscriptionContext {
  source: Source;
  account: Account;
  config: Config;
  /** Where the edge sees the sender, ISO 3166-1. */
  country: string | undefined;
  receivedAtMs: number;
}

type TakenSubscription = { ok: true; subscription: AcceptedSubscription; evidence: Record<string, unknown> } | Failure;

/** Checks a subscription: who, by which channels, to which lists, and what they saw when they agreed. Pure but for a missing id. */
export function takeSubscription(body: JsonObject, context: SubscriptionContext): TakenSubscription {
  const parsed = SubscribeSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('body_malformed', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const request = parsed.data;
  const email = normalizeEmail(request.email);
  const phone = normalizePhone(request.phone, whereabouts(request, context));
  if (request.email && !email) return fail('email_invalid');
  if (request.phone && !phone) return fail('phone_invalid');
  const channels = readChannels(request, email, phone);
  if ('code' in channels) return channels;
  const { account } = context;
  const defaults = account.defaultList ? [account.defaultList] : [];
  const lists = readLists(request.lists ?? [], defaults, context);
  if ('code' in lists) return lists;
  const dateOfBirth = channels.includes('sms') ? (request.dateOfBirth ?? undefined) : undefined;
  if (channels.includes('sms') && !isOldEnough(dateOfBirth, whereabouts(request, context), context))
    return fail('age_refused');
  return {
    ok: true,
    subscription: {
      id: request.messageId ?? crypto.randomUUID(),
      ...(email ? { email } : {}),
      ...(phone ? { phone } : {}),
      ...(request.anonymousId && mayBeTracked(request, context) ? { anonymousId: request.anonymousId } : {}),
      channels,
      lists,
      decidedAtMs: readDecidedAt(request.timestamp, context),
      ...(dateOfBirth ? { dateOfBirth } : {}),
      attributes: readAttributes(request.profile, context),
    },
    evidence: { ...request.evidence },
  };
}

/** Where the person is, and a number without a country code is dialled: where the edge sees a visitor, or what a server says of the person. */
function whereabouts({ profile }: SubscribeBody, { source, country }: SubscriptionContext): string | undefined {
  return source.kind === 'public' ? country : readLocaleCountry(profile?.locale);
}

/** A sign-up agrees to mail, not to tracking: only who agreed to that is linked to what they did before. */
function mayBeTracked({ context }: SubscribeBody, { source, config, country }: SubscriptionContext): boolean {
  const facts = {
    event: undefined,
    consent: context?.consent,
    tcfPurposes: context?.consent?.tcf ? readTcf(context.consent.tcf) : undefined,
    sourceKind: source.kind,
    policy: policyOf(source, config),
  };
  return decideDoor({ ...facts, country: source.kind === 'public' ? country : undefined }).ok;
}

/** The channels asked for, else those that the request brings an identifier for. */
function readChannels(
  request: SubscribeBody,
  email: string | undefined,
  phone: string | undefined,
): Channel[] | Failure {
  const asked = request.channels ?? (phone && !email ? ['sms'] : ['email']);
  if (asked.includes('email') && !email) return fail('email_invalid', 'To subscribe by e-mail, send "email".');
  if (asked.includes('sms') && !phone)
    return fail('phone_invalid', 'To subscribe by SMS, send "phone", best in international form.');
  return [...new Set(asked)];
}

/** From a page only the traits that the configuration allows: whoever knows an address could rename its owner. */
function readAttributes(
  profile: JsonObject | null | undefined,
  { source, config }: SubscriptionContext,
): ProfileAttributes {
  const text = (trait: string, value: unknown) => {
    const isAllowed = source.kind === 'server' || isPublicTrait(trait, config.identity.publicTraits);
    return isAllowed && typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 255) : undefined;
  };
  return dropUndefined<ProfileAttributes>({
    first_name: text('firstName', profile?.firstName ?? profile?.first_name),
    last_name: text('lastName', profile?.lastName ?? profile?.last_name),
    locale: text('locale', profile?.locale),
  });
}
