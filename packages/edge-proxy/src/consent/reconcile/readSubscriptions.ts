import { type Channel, isJsonObject, type Json, type JsonObject, normalizeEmail } from '@sluice/shared';
import { CUSTOM_SOURCE } from '../limits.ts';

/** What Klaviyo says of one person and channel. Times are epoch milliseconds. */
export interface KlaviyoConsent {
  channel: Channel;
  address: string;
  /** Null: the person never decided, or has not confirmed yet. */
  decision: 'granted' | 'denied' | null;
  /** When. A no without a time is as new as its reading. */
  decidedAtMs: number;
  /** It came by a call of ours: a yes that nobody has confirmed since, a no that our own opt-out left there. */
  isEcho: boolean;
  /** Lists that may not write to the person any more. */
  left: { list: string; decidedAtMs: number }[];
}

interface Reading {
  channel: Channel;
  address: string;
  marketing: JsonObject;
  nowMs: number;
}

/** Of Klaviyo's reasons those that are a person's own no; a bounce says nothing of what its owner wants. */
const REFUSALS: ReadonlySet<Json | undefined> = new Set(['UNSUBSCRIBE', 'SPAM_COMPLAINT', 'USER_SUPPRESSED']);

/** Reads the `subscriptions` of a profile as `additional-fields[profile]=subscriptions` brings them. */
export function readSubscriptions(attributes: JsonObject, nowMs: number): KlaviyoConsent[] {
  const subscriptions = objectAt(attributes, 'subscriptions');
  const email = objectAt(objectAt(subscriptions, 'email'), 'marketing');
  const sms = objectAt(objectAt(subscriptions, 'sms'), 'marketing');
  const address = normalizeEmail(attributes.email);
  const { phone_number } = attributes;
  return [
    ...(address ? [readChannel({ channel: 'email', address, marketing: email, nowMs })] : []),
    ...(typeof phone_number === 'string'
      ? [readChannel({ channel: 'sms', address: phone_number, marketing: sms, nowMs })]
      : []),
  ];
}

function readChannel({ channel, address, marketing, nowMs }: Reading): KlaviyoConsent {
  const refusedMs = rowsOf(marketing.suppression)
    .filter(({ reason }) => REFUSALS.has(reason))
    .map(({ timestamp }) => readTime(timestamp) ?? nowMs);
  const isRefused = refusedMs.length > 0 || marketing.consent === 'UNSUBSCRIBED';
  const isGranted = marketing.consent === 'SUBSCRIBED' && !isRefused;
  const source = marketing.custom_method_detail ?? marketing.method_detail;
  return {
    channel,
    address,
    decision: isRefused ? 'denied' : isGranted ? 'granted' : null,
    decidedAtMs:
      refusedMs.length > 0
        ? Math.max(...refusedMs)
        : (readTime(marketing.consent_timestamp) ?? (isRefused ? nowMs : 0)),
    isEcho: isGranted && source === CUSTOM_SOURCE && marketing.double_optin !== true,
    left: rowsOf(marketing.list_suppressions)
      .filter(({ reason, list_id }) => REFUSALS.has(reason) && typeof list_id === 'string')
      .map(({ list_id, timestamp }) => ({ list: list_id as string, decidedAtMs: readTime(timestamp) ?? nowMs })),
  };
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const inner = value[key];
  return isJsonObject(inner) ? inner : {};
}

function rowsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function readTime(value: Json | undefined): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
