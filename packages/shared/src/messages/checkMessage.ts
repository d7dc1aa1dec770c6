import { isJsonObject, type JsonObject } from '../json.ts';
import { MAX_CLIENT_ID_LENGTH, MAX_EVENT_NAME_LENGTH } from '../limits.ts';
import type { Message } from './schema.ts';

/**
 * A message as MessageSchema reads it, by plain comparisons: what nearly all messages are costs no interpreter.
 * Undefined where anything is unusual; the schema then repairs it or says what is wrong. A test holds the two equal.
 */
export function checkMessage(raw: JsonObject): Message | undefined {
  const { type, messageId, anonymousId, userId, timestamp, sentAt, context } = raw;
  if (!isId(messageId) || !isId(anonymousId) || !isId(userId) || !isInstant(timestamp) || !isInstant(sentAt)) return;
  if (!isObject(context) || !isConsent(context?.consent)) return;
  const own = pickOwn(type, raw);
  // Each field was checked above or in pickOwn.
  return own && ({ type, ...own, messageId, anonymousId, userId, timestamp, sentAt, context } as Message);
}

/** The fields that only this type has. */
function pickOwn(type: unknown, { event, name, category, properties, traits, previousId, groupId }: JsonObject) {
  switch (type) {
    case 'track':
      return isName(event) && isObject(properties) ? { event, properties } : undefined;
    case 'page':
      return isText(name) && isText(category) && isObject(properties) ? { name, category, properties } : undefined;
    case 'screen':
      return isText(name) && isObject(properties) ? { name, properties } : undefined;
    case 'identify':
      return isObject(traits) ? { traits } : undefined;
    case 'alias':
      return isId(previousId) ? { previousId } : undefined;
    case 'group':
      return isId(groupId) && isObject(traits) ? { groupId, traits } : undefined;
    default:
      return undefined;
  }
}

const isNothing = (value: unknown) => value === undefined || value === null;
const isText = (value: unknown) => isNothing(value) || typeof value === 'string';
const isInstant = (value: unknown) =>
  isNothing(value) || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
const isName = (value: unknown) => isTrimmed(value, MAX_EVENT_NAME_LENGTH);
const isId = (value: unknown) => isNothing(value) || isTrimmed(value, MAX_CLIENT_ID_LENGTH);

function isTrimmed(value: unknown, maxLength: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength && value.trim() === value;
}

function isObject(value: unknown): value is JsonObject | null | undefined {
  return isNothing(value) || isJsonObject(value);
}

function isConsent(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (!value) return true;
  const { gpc, categoryPreferences } = value;
  if (!isNothing(gpc) && typeof gpc !== 'boolean') return false;
  if (!isObject(categoryPreferences)) return false;
  for (const category in categoryPreferences) if (typeof categoryPreferences[category] !== 'boolean') return false;
  return true;
}
