/** Ours: mails are kept, and opened again, for years; a link that worked for ever could never be told from a stolen one. */
export const LINK_TTL_MS = 5 * 365 * 24 * 3_600_000;

/** Ours: what is encrypted is filled up to a multiple of this, so that a link's length says little of the address's. */
export const LINK_PADDING_BYTES = 64;

/** NIST SP 800-38D, 8.2: 96 bits, 8.3: chosen by chance for at most 2^32 texts under one key. */
export const IV_BYTES = 12;

/** Ours: RFC 8058's form is one short field; Gmail and others send nothing else. */
export const MAX_FORM_BYTES = 10_000;
