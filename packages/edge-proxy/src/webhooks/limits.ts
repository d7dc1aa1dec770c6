/** Klaviyo's guide to webhooks: what is dated further away than five minutes is not to be trusted. */
export const WEBHOOK_WINDOW_MS = 5 * 60_000;

/** Ours: people that one webhook may name; Klaviyo sends up to 1,000 events a request, and is sent a 503 beyond. */
export const MAX_HEARD_PROFILES = 1000;
