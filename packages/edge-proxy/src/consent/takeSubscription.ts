import {
  type Account,
  type Channel,
  type JsonObject,
  normalizeEmail,
  normalizePhone,
  type Source,
  type SubscribeBody,
  SubscribeSchema,
} from '@sluice/shared';
import type { AcceptedSubscription } from '../ingest/acceptedEvent.ts';
import { type Failure, fail } from '../ingest/failure.ts';

export interface SubscriptionContext {
  source: Source;
  account: Account;
  receivedAtMs: number;
}

export type TakenSubscription =
  | { ok: true; subscription: AcceptedSubscription; evidence: Record<string, unknown> }
  | Failure;

/** Checks a subscription: who, by which channels, to which lists, and what they saw when they agreed. Pure but for a missing id. */
export function takeSubscription(body: JsonObject, context: SubscriptionContext): TakenSubscription {
  const parsed = SubscribeSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('body_malformed', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const request = parsed.data;
  const email = normalizeEmail(request.email);
  const phone = normalizePhone(request.phone);
  if (request.email && !email) return fail('email_invalid');
  if (request.phone && !phone) return fail('phone_invalid');
  const channels = readChannels(request, email, phone);
  if ('code' in channels) return channels;
  const lists = readLists(request.lists ?? [], context);
  if ('code' in lists) return lists;
  return {
    ok: true,
    subscription: {
      id: request.messageId ?? crypto.randomUUID(),
      ...(email ? { email } : {}),
      ...(phone ? { phone } : {}),
      ...(request.anonymousId ? { anonymousId: request.anonymousId } : {}),
      channels,
      lists,
      decidedAtMs: readDecidedAt(request.timestamp, context),
      attributes: readAttributes(request.profile),
    },
    evidence: { ...request.evidence },
  };
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
    return fail('phone_invalid', 'To subscribe by SMS, send "phone" in international form.');
  return [...new Set(asked)];
}

/** A page may name only the lists that its source allows; without a name the account's default list is meant. */
function readLists(asked: string[], { source, account }: SubscriptionContext): string[] | Failure {
  const fallback = account.defaultList ? [account.defaultList] : [];
  const lists = asked.length > 0 ? [...new Set(asked)] : fallback;
  if (lists.length === 0)
    return fail('list_not_found', 'No list is set: name one in "lists", or set "defaultList" of the account.');
  if (source.kind === 'server') return lists;
  const allowed = source.lists.length > 0 ? source.lists : fallback;
  const foreign = lists.find((list) => !allowed.includes(list));
  return foreign === undefined
    ? lists
    : fail('list_not_found', `The list "${foreign}" is not among the lists of the source "${source.id}".`);
}

/** A page's clock proves nothing; a server may report an earlier decision, never a later one. */
function readDecidedAt(timestamp: string | null | undefined, { source, receivedAtMs }: SubscriptionContext): number {
  const claimed = Date.parse(timestamp ?? '');
  return source.kind === 'public' || Number.isNaN(claimed) ? receivedAtMs : Math.min(claimed, receivedAtMs);
}

function readAttributes(profile: JsonObject | null | undefined): AcceptedSubscription['attributes'] {
  const text = (value: unknown) =>
    typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 255) : undefined;
  const first_name = text(profile?.firstName ?? profile?.first_name);
  const last_name = text(profile?.lastName ?? profile?.last_name);
  const locale = text(profile?.locale);
  return { ...(first_name ? { first_name } : {}), ...(last_name ? { last_name } : {}), ...(locale ? { locale } : {}) };
}
