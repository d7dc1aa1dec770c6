import { MAX_EMAIL_LENGTH } from '../limits.ts';

/** Every runtime of ours has it; the language's own types do not. */
declare const URL: { parse(text: string): { hostname: string } | null };

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const TOP_LABEL = '(?:[a-z]{2,63}|xn--[a-z0-9-]{0,57}[a-z0-9])';
/**
 * RFC 5321 section 4.1.2, the dot-string form: quoted local parts and address literals are no shop's customers.
 * Without the flag `u`, so that no letter outside ASCII passes for one within: the Kelvin sign is no k.
 */
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+${TOP_LABEL}$`, 'i');
/** What a domain outside ASCII may consist of; anything else could end a URL's host. */
const UNICODE_DOMAIN = /^(?=.*[^ -~])[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * Reads an e-mail address as Klaviyo will take it: trimmed, lower-cased, the domain in ASCII; undefined when unusable.
 * A local part outside ASCII is: few servers take mail for one (RFC 6531), and Klaviyo's documents name none.
 * @example normalizeEmail(' Ada.Love+news@Example.com ') // 'ada.love+news@example.com'
 * @example normalizeEmail('info@bücher.example') // 'info@xn--bcher-kva.example'
 */
export function normalizeEmail(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  // Length first, so that no pattern runs on a long hostile text.
  if (text.length > MAX_EMAIL_LENGTH) return undefined;
  const domainAt = text.lastIndexOf('@') + 1;
  const domain = text.slice(domainAt);
  const address = UNICODE_DOMAIN.test(domain) ? text.slice(0, domainAt) + toAscii(domain) : text;
  return address.length <= MAX_EMAIL_LENGTH && ADDRESS.test(address) ? address.toLowerCase() : undefined;
}

/** One mailbox must not be two people: both spellings of its domain become the one that mail servers use (UTS 46). */
function toAscii(domain: string): string {
  return URL.parse(`https://${domain}`)?.hostname ?? '';
}
