import { CHANNELS, isJsonObject } from '@sluice/shared';
import { type KlaviyoConsent, readSubscriptions } from '../../consent/reconcile/readSubscriptions.ts';
import type { KlaviyoAnswer, KlaviyoCall } from '../../klaviyo/client.ts';
import { MAX_PROFILES_PER_PAGE } from '../limits.ts';
import type { Contact } from './contactsOf.ts';

/** What Klaviyo says of each contact, in their order; or the answer that was none. */
export type ReadConsents = { ok: true; consents: KlaviyoConsent[] } | { ok: false; answer: KlaviyoAnswer };

interface Reading {
  call: KlaviyoCall;
  nowMs: number;
}

/** Asks Klaviyo what it knows of the consent of people, a page of them a call. */
export async function readConsents(contacts: readonly Contact[], { call, nowMs }: Reading): Promise<ReadConsents> {
  const found = new Map<string, KlaviyoConsent>();
  for (const filter of filtersFor(contacts)) {
    const answer = await call({ operation: 'get_profiles', query: { ...CONSENT_FIELDS, filter } });
    const consents =
      answer.kind === 'response' && answer.status === 200 ? readConsentPage(answer.json, nowMs) : undefined;
    if (!consents) return { ok: false, answer: isTaken(answer) ? { kind: 'no_answer', why: 'foreign' } : answer };
    for (const consent of consents) {
      // Of two profiles with one address the one that said no counts.
      if (found.get(keyOf(consent))?.decision !== 'denied') found.set(keyOf(consent), consent);
    }
  }
  return { ok: true, consents: contacts.map((contact) => found.get(keyOf(contact)) ?? { ...contact, ...UNKNOWN }) };
}

/** What a page of profiles is asked for. */
export const CONSENT_FIELDS = {
  'fields[profile]': 'email,phone_number,subscriptions',
  'additional-fields[profile]': 'subscriptions',
  'page[size]': String(MAX_PROFILES_PER_PAGE),
};

/** The consents of all profiles of a page; undefined for what is none: it would pass for one of people without any. */
export function readConsentPage(json: unknown, nowMs: number): KlaviyoConsent[] | undefined {
  if (!isJsonObject(json) || !Array.isArray(json.data)) return undefined;
  return json.data
    .filter(isJsonObject)
    .flatMap(({ attributes }) => (isJsonObject(attributes) ? readSubscriptions(attributes, nowMs) : []));
}

function isTaken(answer: KlaviyoAnswer): boolean {
  return answer.kind === 'response' && answer.status === 200;
}

const FILTERED_BY = { email: 'email', sms: 'phone_number' } as const;
const UNKNOWN = { decision: null, decidedAtMs: 0, isEcho: false, left: [] };

function filtersFor(contacts: readonly Contact[]): string[] {
  return CHANNELS.flatMap((channel) => {
    const of = contacts.filter((contact) => contact.channel === channel);
    const values = [...new Set(of.map(({ address }) => JSON.stringify(address)))];
    const pages = Math.ceil(values.length / MAX_PROFILES_PER_PAGE);
    return Array.from({ length: pages }, (_, page) => {
      const some = values.slice(page * MAX_PROFILES_PER_PAGE, (page + 1) * MAX_PROFILES_PER_PAGE);
      return `any(${FILTERED_BY[channel]},[${some.join(',')}])`;
    });
  });
}

/** One contact as a text. */
export function keyOf({ channel, address }: Contact): string {
  return `${channel} ${address}`;
}
