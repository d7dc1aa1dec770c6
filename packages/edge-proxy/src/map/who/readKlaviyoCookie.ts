import { isJsonObject, type Json } from '@sluice/shared';

/** Ours: the cookie of a known visitor has some 400 characters, with referrers up to browsers' 4 KB. */
const MAX_COOKIE_LENGTH = 4096;

/**
 * Klaviyo's exchange id of the person, from the value of its script's cookie `__kla_id`: JSON in base64, with
 * `$exchange_id` once klaviyo.js knows who it is. Its `cid` is that script's anonymous id, and not ours to use.
 */
export function readKlaviyoCookie(value: string): Json | undefined {
  if (value.length > MAX_COOKIE_LENGTH) return undefined;
  try {
    const known: unknown = JSON.parse(atob(decodeURIComponent(value)));
    return isJsonObject(known) ? known.$exchange_id : undefined;
  } catch {
    // Anybody may have written it.
    return undefined;
  }
}
