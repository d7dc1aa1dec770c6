import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { MAX_PHONE_TEXT_LENGTH } from '../limits.ts';

/**
 * Reads a phone number as E.164; undefined when it is none, or when its country would have to be guessed.
 * `country` (ISO 3166-1 alpha-2) is where a number without a country code is dialled.
 * Not in the package's index: the numbering plans are 40 KB gzip, which no page shall load.
 * @example normalizePhone('+1 (415) 555-0100') // '+14155550100'
 * @example normalizePhone('020 7946 0000', 'GB') // '+442079460000'
 */
export function normalizePhone(value: unknown, country?: string): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_PHONE_TEXT_LENGTH) return undefined;
  const defaultCountry = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const text = value.trim();
  const number = parsePhoneNumberFromString(text, { extract: false, ...(defaultCountry && { defaultCountry }) });
  // Behind an extension is a switchboard, no person's own number.
  if (number === undefined || number.ext !== undefined) return undefined;
  // Plans grow: who writes the country is believed if the length is right, what we complete must be in the plan.
  const isUsable = text.startsWith('+') ? number.isPossible() : number.isValid();
  return isUsable ? number.number : undefined;
}

/** True when a text is this number (E.164), written with its country or as it is dialled at home. */
export function isSamePhone(value: unknown, number: string): boolean {
  return normalizePhone(value, parsePhoneNumberFromString(number)?.country) === number;
}
