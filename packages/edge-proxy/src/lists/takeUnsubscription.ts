import { type Channel, type JsonObject, normalizeEmail, type UnsubscribeBody, UnsubscribeSchema } from '@sluice/shared';
import { normalizePhone } from '@sluice/shared/phone';
import { readDecidedAt } from '../consent/readDecidedAt.ts';
import { type Failure, fail } from '../ingest/failure.ts';
import type { ConsentRequest } from '../ingest/openConsentRequest.ts';
import { listsOf } from './listsOf.ts';
import { readLists } from './readLists.ts';

/** One opt-out that passed the door. */
export interface Unsubscription {
  id: string;
  /** Addresses by channel: those opted out of, and no others. */
  addresses: Partial<Record<Channel, string>>;
  /** Null: all marketing of these channels. */
  lists: string[] | null;
  /** Lists that the person leaves. */
  leaves: string[];
  decidedAtMs: number;
}

type Context = Omit<ConsentRequest, 'body' | 'evidence'>;
type Taken = { ok: true; unsubscription: Unsubscription; evidence: Record<string, unknown> } | Failure;

/** Checks an opt-out: who, of which channels, of which lists or all. Pure but for a missing id. */
export function takeUnsubscription(body: JsonObject, context: Context): Taken {
  const parsed = UnsubscribeSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('body_malformed', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const request = parsed.data;
  const addresses = readAddresses(request, context);
  if ('code' in addresses) return addresses;
  const { source, account } = context;
  const lists = request.lists ? readLists(request.lists, [], context) : null;
  if (lists !== null && 'code' in lists) return lists;
  const leaves = lists ?? (request.removeFromLists ? listsOf(source, account) : []);
  const decidedAtMs = readDecidedAt(request.timestamp, context);
  const id = request.messageId ?? crypto.randomUUID();
  return {
    ok: true,
    unsubscription: { id, addresses, lists, leaves, decidedAtMs },
    evidence: { ...request.evidence },
  };
}

/** The address of each channel that is asked for, else of each that the request brings one for. */
function readAddresses(request: UnsubscribeBody, { source, country }: Context): Unsubscription['addresses'] | Failure {
  const email = normalizeEmail(request.email);
  const phone = normalizePhone(request.phone, source.kind === 'public' ? country : undefined);
  if (request.email && !email) return fail('email_invalid');
  if (request.phone && !phone) return fail('phone_invalid');
  const brought = { ...(email && { email }), ...(phone && { sms: phone }) };
  const channels = request.channels ?? (Object.keys(brought) as Channel[]);
  if (channels.length === 0) return fail('email_invalid', 'To unsubscribe somebody, send "email", "phone" or both.');
  if (channels.includes('email') && !email) return fail('email_invalid', 'To unsubscribe from e-mail, send "email".');
  if (channels.includes('sms') && !phone)
    return fail('phone_invalid', 'To unsubscribe from SMS, send "phone", best in international form.');
  return Object.fromEntries(channels.map((channel) => [channel, brought[channel]]));
}
