/**
 * Every bound that two rooms share, with its source. Units are in the names.
 * Klaviyo's figures are those of its API revision 2026-07-15.
 */

/** Segment, HTTP tracking API: "max 32 KB per call" and "500 KB per batch request". Checked 2026-11. */
export const MAX_EVENT_BYTES = 32 * 1024;
export const MAX_BODY_BYTES = 500 * 1024;

/** Ours: a compressed body may not unfold to more than a plain one could hold. */
export const MAX_INFLATED_BODY_BYTES = MAX_BODY_BYTES;

/** Ours: as many messages as Klaviyo takes events in one bulk call. */
export const MAX_BATCH_MESSAGES = 1000;

/** Klaviyo, Create Event: `unique_id` is 1 to 255 characters; message and order ids become one. */
export const MAX_ID_LENGTH = 255;

/** Ours: some shops use a token as user id. What Klaviyo cannot take whole is shortened to a hash. */
export const MAX_CLIENT_ID_LENGTH = 4096;

/** Klaviyo, Create Event: a metric's name is shorter than 128 characters. */
export const MAX_EVENT_NAME_LENGTH = 127;

/** Klaviyo, Create Profile: an e-mail address has at most 100 characters. */
export const MAX_EMAIL_LENGTH = 100;

/** Ours: longer texts are not read as phone numbers; E.164 has 15 digits, the rest is for how people write them. */
export const MAX_PHONE_TEXT_LENGTH = 40;

/** Klaviyo, Create Event: properties nest at most 10 deep. */
export const MAX_PROPERTY_DEPTH = 10;

/** Klaviyo, Create Event: an event has at most 400 properties. */
export const MAX_PROPERTIES = 400;

/** Klaviyo, Create Event: `time` lies after the year 2000 (its guide; the specification says 1990). */
export const MIN_EVENT_TIME_MS = Date.UTC(2000, 0, 1);

/** Cloudflare Queues: a message has at most 128 KB; ours stay under 100 KB to leave room for its envelope. */
export const MAX_QUEUE_MESSAGE_BYTES = 100 * 1000;

/** Ours: as many ids as one replay names; more are a filter's work. */
export const MAX_REPLAY_IDS = 500;

/** Ours: a page of the largest items stays within the 32 MiB that Cloudflare's RPC carries. */
export const MAX_DEAD_LETTERS_PER_PAGE = 500;

/** Ours: more than any account of Klaviyo's could take the events of. */
export const MAX_INGEST_QUEUES = 50;

/** Ours: Klaviyo's list ids have six characters. */
export const MAX_LIST_ID_LENGTH = 64;

/** Ours: a condition looks no deeper than properties nest, and at no longer text than a person would write. */
export const MAX_CONDITION_FIELD_LENGTH = 255;

/** Cloudflare, Turnstile: a token has at most 2,048 characters. Checked 2026-11. */
export const MAX_TURNSTILE_TOKEN_LENGTH = 2048;

/** Ours: links of one request. Each is encrypted by itself, which takes some ten microseconds. */
export const MAX_LINKS_PER_REQUEST = 1000;
