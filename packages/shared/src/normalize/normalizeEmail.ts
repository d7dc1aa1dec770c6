import { MAX_EMAIL_LENGTH } from '../limits.ts';

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const TOP_LABEL = '(?:[a-z]{2,63}|xn--[a-z0-9-]{0,57}[a-z0-9])';
/** RFC 5321 section 4.1.2, the dot-string form: quoted local parts and address literals are no shop's customers. */
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+${TOP_LABEL}$`);

/**
 * Reads an e-mail address as Klaviyo will take it: trimmed and lower-cased; undefined when unusable.
 * @example normalizeEmail(' Ada.Love+news@Example.com ') // 'ada.love+news@example.com'
 */
export function normalizeEmail(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const address = value.trim().toLowerCase();
  // Length first, so that the pattern never runs on a long hostile text.
  return address.length <= MAX_EMAIL_LENGTH && ADDRESS.test(address) ? address : undefined;
}
