import {
  checkMessage,
  type ErrorCode,
  isJsonObject,
  type JsonObject,
  MAX_EVENT_BYTES,
  type Message,
  MessageSchema,
} from '@sluice/shared';
import { countBytes } from '../countBytes.ts';
import { type BatchDefaults, fillDefaults } from './fillDefaults.ts';
import { MAX_DEPTH, measure } from './measure.ts';

export type ParsedMessage = { ok: true; message: Message } | { ok: false; id: string; code: ErrorCode; path?: string };

/** What a batch lends to its messages, and at most how many bytes it has as JSON. */
export interface MeasuredDefaults extends BatchDefaults {
  maxBytes: number;
}

/** Checks one message of a batch, with the batch's defaults filled in. */
export function parseMessage(raw: unknown, defaults: MeasuredDefaults): ParsedMessage {
  if (!isJsonObject(raw)) return { ok: false, id: '', code: 'event_invalid', path: '' };
  const id = typeof raw.messageId === 'string' ? raw.messageId.slice(0, 255) : '';
  const ownBytes = measure(raw);
  if (ownBytes === undefined) return { ok: false, id, code: 'event_invalid', path: findTooDeep(raw) };
  const filled = fillDefaults(raw, defaults);
  // Rarely is it near enough to the limit to be written out and counted.
  const mayBeTooLarge = ownBytes + defaults.maxBytes > MAX_EVENT_BYTES;
  if (mayBeTooLarge && countBytes(JSON.stringify(filled)) > MAX_EVENT_BYTES)
    return { ok: false, id, code: 'event_too_large', path: findLargest(filled) };
  const checked = checkMessage(filled) ?? MessageSchema.safeParse(filled);
  if ('success' in checked && !checked.success) {
    return { ok: false, id, code: 'event_invalid', path: checked.error.issues[0]?.path.join('.') ?? '' };
  }
  const message = 'success' in checked ? checked.data : checked;
  if (!message.userId && !message.anonymousId && !hasAddress(message))
    return { ok: false, id, code: 'event_invalid', path: 'anonymousId' };
  return { ok: true, message };
}

function findTooDeep(raw: JsonObject): string {
  return Object.keys(raw).find((key) => measure(raw[key], MAX_DEPTH - 1) === undefined) ?? '';
}

function findLargest(filled: JsonObject): string {
  const sizes = Object.entries(filled).map(([key, value]) => [key, measure(value) ?? 0] as const);
  return sizes.reduce((largest, each) => (each[1] > largest[1] ? each : largest), ['', 0])[0];
}

/** An event that names an address needs no other id. */
function hasAddress(message: Message): boolean {
  const bags = [
    message.context?.traits,
    'traits' in message ? message.traits : undefined,
    'properties' in message ? message.properties : undefined,
  ];
  return bags.some((bag) => isJsonObject(bag) && ADDRESSES.some((key) => typeof bag[key] === 'string'));
}

/** By Segment's names, and by Klaviyo's. */
const ADDRESSES = ['email', 'phone', 'phone_number', '$email', '$phone_number'];
