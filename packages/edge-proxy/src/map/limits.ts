/** Bounds of the mapping, with their sources. Klaviyo's figures are those of its API revision 2026-07-15. */

/** Klaviyo, Create Event: a text in the properties has at most 100 KB. */
export const MAX_TEXT_BYTES = 100_000;

/** Klaviyo, Create Event: an array in the properties has at most 4000 items. */
export const MAX_ARRAY_ITEMS = 4000;

/** Klaviyo, Create Event: integers are 64 bits wide, signed. */
export const MAX_INTEGER = 2 ** 63;

/** Ours: more than any order in any currency (Rupiah and Dong included), less than a number typed by mistake or malice. */
export const MAX_VALUE = 1e12;

/** Ours: ISO 4217 currencies have at most four decimals; the rest is what binary fractions leave behind. */
export const VALUE_DECIMALS = 4;

/** Ours: longer texts are not read as numbers. */
export const MAX_NUMBER_TEXT_LENGTH = 32;

/** Ours: Klaviyo's exchange ids have some 60 characters; a longer text is something else. */
export const MAX_EXCHANGE_ID_LENGTH = 255;

/** Ours: a copy of a nested value has a short name, or a small event with long keys would grow many times over. */
export const MAX_FLAT_KEY_LENGTH = 127;

/** Ours: so many cuts are told one by one, the rest as a number. */
export const MAX_REPORTED_CUTS = 10;

/** Ours: keys in a report of what was cut are shortened to this. */
export const MAX_REPORTED_PATH_LENGTH = 100;
