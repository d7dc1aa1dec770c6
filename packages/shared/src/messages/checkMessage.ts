import { isJsonObject, type JsonObject } from '../json.ts';
import { MAX_CLIENT_ID_LENGTH, MAX_EVENT_NAME_LENGTH } from '../limits.ts';
import { isInstant } from './isInstant.ts';
import { CONSENT_MODE_TYPES, type Message } from './schema.ts';

/**
 * A message as MessageSchema reads it, by plain comparisons: what nearly all messages are costs no interpreter.
 * Undefined where anything is unusual; the schema then repairs it or says what is wrong. A test holds the two equal.
 */
export function checkMessage(raw: JsonObject): Message | undefined {
  const { type, messageId, anonymousId, userId, timestamp, sentAt, context } = raw;
  if (!isId(messageId) || !isId(anonymousId) || !isId(userId) || !isTime(timestamp) || !isTime(sentAt)) return;
  if (!isObject(context) || !isConsent(context?.consent)) return;
  const common = { type, messageId, anonymousId, userId, timestamp, sentAt, context };
  const message = addOwn(common, raw);
  // Each field was checked above or in addOwn.
  return message as Message | undefined;
}

/** The fields that only this type has, written out: spreading two objects into one costs as much as all checks. */
function addOwn(to: Record<string, unknown>, raw: JsonObject): Record<string, unknown> | undefined {
  const { event, name, category, properties, traits, previousId, groupId } = raw;
  switch (to.type) {
    case 'track':
      if (!isName(event) || !isObject(properties)) return;
      to.event = event;
      to.properties = properties;
      return to;
    case 'page':
      if (!isText(name) || !isText(category) || !isObject(properties)) return;
      to.name = name;
      to.category = category;
      to.properties = properties;
      return to;
    case 'screen':
      if (!isText(name) || !isObject(properties)) return;
      to.name = name;
      to.properties = properties;
      return to;
    case 'identify':
      if (!isObject(traits)) return;
      to.traits = traits;
      return to;
    case 'alias':
      if (!isId(previousId)) return;
      to.previousId = previousId;
      return to;
    case 'group':
      if (!isId(groupId) || !isObject(traits)) return;
      to.groupId = groupId;
      to.traits = traits;
      return to;
    default:
      return;
  }
}

const isNothing = (value: unknown) => value === undefined || value === null;
const isText = (value: unknown) => isNothing(value) || typeof value === 'string';
const isTime = (value: unknown) => isNothing(value) || (typeof value === 'string' && isInstant(value));
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
  const { gpc, categoryPreferences, googleConsentMode, tcf } = value;
  if (!isNothing(gpc) && typeof gpc !== 'boolean') return false;
  if (!isText(tcf) || !isConsentMode(googleConsentMode)) return false;
  if (!isObject(categoryPreferences)) return false;
  for (const category in categoryPreferences) if (typeof categoryPreferences[category] !== 'boolean') return false;
  return true;
}

function isConsentMode(value: unknown): boolean {
  if (!isObject(value)) return false;
  return !value || CONSENT_MODE_TYPES.every((type) => isConsentModeState(value[type]));
}

function isConsentModeState(value: unknown): boolean {
  return isNothing(value) || value === 'granted' || value === 'denied';
}
