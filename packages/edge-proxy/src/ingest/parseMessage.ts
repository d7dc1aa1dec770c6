import { type ErrorCode, isJsonObject, MAX_EVENT_BYTES, type Message, MessageSchema } from '@sluice/shared';

type ParsedMessage =
  | { ok: true; message: Message; id: string }
  | { ok: false; id: string; code: ErrorCode; path?: string };

/** Deeper than any honest event; a body that nests without end must not exhaust the stack later on. */
export const MAX_DEPTH = 64;

const encoder = new TextEncoder();

/** Checks one message of a batch. `seed` tells apart two messages without an id that say the same. */
export async function parseMessage(raw: unknown, seed: string): Promise<ParsedMessage> {
  const givenId = isJsonObject(raw) && typeof raw.messageId === 'string' ? raw.messageId.slice(0, 255) : '';
  if (isDeeperThan(raw, MAX_DEPTH)) return { ok: false, id: givenId, code: 'event_invalid', path: '' };
  const text = JSON.stringify(raw);
  if (encoder.encode(text).byteLength > MAX_EVENT_BYTES) return { ok: false, id: givenId, code: 'event_too_large' };
  const parsed = MessageSchema.safeParse(raw);
  if (!parsed.success)
    return { ok: false, id: givenId, code: 'event_invalid', path: parsed.error.issues[0]?.path.join('.') ?? '' };
  const message = parsed.data;
  if (!message.userId && !message.anonymousId && !hasAddress(message))
    return { ok: false, id: givenId, code: 'event_invalid', path: 'anonymousId' };
  return { ok: true, message, id: message.messageId ?? (await deriveId(text, seed)) };
}

/** An event that names an address needs no other id. */
function hasAddress(message: Message): boolean {
  const bags = [
    message.context?.traits,
    'traits' in message ? message.traits : undefined,
    'properties' in message ? message.properties : undefined,
  ];
  return bags.some((bag) => isJsonObject(bag) && (typeof bag.email === 'string' || typeof bag.phone === 'string'));
}

export function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((child) => isDeeperThan(child, depth - 1));
}

/** An id for a message that has none: the same body sent again derives the same. */
async function deriveId(text: string, seed: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(`${seed}\n${text}`));
  return `sluice-${[...new Uint8Array(digest).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
