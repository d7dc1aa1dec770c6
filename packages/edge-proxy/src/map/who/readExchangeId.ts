import { isJsonObject, type Json, type Message } from '@sluice/shared';
import { MAX_EXCHANGE_ID_LENGTH } from '../limits.ts';
import { readKlaviyoCookie } from './readKlaviyoCookie.ts';

/**
 * Klaviyo's exchange id of the person: from its cookie, as page or proxy read it, or from the link in a mail that led to
 * this page, or to the visit's first, whose address the browser SDK keeps.
 */
export function readExchangeId(message: Message): string | undefined {
  const { klaviyo, page, lastTouch } = message.context ?? {};
  const properties = 'properties' in message ? message.properties : undefined;
  return (
    fromContext(klaviyo) ??
    fromAddress(isJsonObject(page) ? page.url : undefined) ??
    fromAddress(properties?.url) ??
    fromAddress(isJsonObject(lastTouch) ? lastTouch.url : undefined)
  );
}

function fromContext(klaviyo: Json | undefined): string | undefined {
  if (!isJsonObject(klaviyo)) return undefined;
  const cookie = typeof klaviyo.__kla_id === 'string' ? readKlaviyoCookie(klaviyo.__kla_id) : undefined;
  return readToken(klaviyo._kx) ?? readToken(cookie);
}

function fromAddress(url: Json | undefined): string | undefined {
  // Not only page views have a `url`, and it is whatever its sender wrote.
  // Hardly any address has one, and parsing them all would be a tenth of what mapping costs.
  if (typeof url !== 'string' || !url.includes('_kx')) return undefined;
  return readToken(URL.parse(url)?.searchParams.get('_kx'));
}

function readToken(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.length <= MAX_EXCHANGE_ID_LENGTH && TOKEN.test(value) ? value : undefined;
}

/** Visible ASCII: a malformed one fails the whole call. */
const TOKEN = /^[\x21-\x7e]+$/;
