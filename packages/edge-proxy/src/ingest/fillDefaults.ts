import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';

/** What stands at the top of a batch and holds for each of its messages. Ids are checked with the message that they end in. */
export interface BatchDefaults {
  anonymousId?: Json | undefined;
  userId?: Json | undefined;
  context?: JsonObject | null | undefined;
}

/** A message with its batch's defaults. What the message says itself comes first; null says as little as nothing. */
export function fillDefaults(message: JsonObject, defaults: BatchDefaults): JsonObject {
  const { anonymousId = null, userId = null, context } = defaults;
  const filled: JsonObject = {
    ...message,
    anonymousId: message.anonymousId ?? anonymousId,
    userId: message.userId ?? userId,
  };
  // RudderStack's SDKs say under this name when it happened.
  if (message.originalTimestamp !== undefined) filled.timestamp = message.timestamp ?? message.originalTimestamp;
  const own = readContext(message.context);
  if (!context || !own) return filled;
  // Shared by all that say nothing of their own, so that what is made of it is made once.
  filled.context = isEmpty(own) ? context : { ...context, ...own, consent: mergeConsent(context.consent, own.consent) };
  return filled;
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}

/** PHP writes an empty map as []. Undefined where it is none at all, for the check to say so. */
function readContext(own: Json | undefined): JsonObject | undefined {
  if (isJsonObject(own)) return own;
  return own === undefined || own === null || (Array.isArray(own) && own.length === 0) ? {} : undefined;
}

/** Category by category: a refusal at the top must not vanish behind a message that answers another question. */
function mergeConsent(defaults: Json | undefined, own: Json | undefined): Json {
  if (!isJsonObject(defaults)) return own ?? defaults ?? null;
  if (!isJsonObject(own)) return own ?? defaults;
  const theirs = defaults.categoryPreferences ?? {};
  const ours = own.categoryPreferences ?? {};
  const categoryPreferences = isJsonObject(theirs) && isJsonObject(ours) ? { ...theirs, ...ours } : ours;
  return { ...defaults, ...own, categoryPreferences, gpc: own.gpc ?? defaults.gpc ?? null };
}
