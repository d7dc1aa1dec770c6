/**
 * Every code that Sluice answers with: its HTTP status, and what went wrong in words that its reader can act on.
 * A code that only ever stands beside an event or a row, never on a whole answer, still has the status it would have.
 */
export const ERROR_CODES = {
  key_missing: {
    status: 401,
    cause: 'The request carries no write key, secret key or operator token.',
    cure: 'Send the write key in the body, as Basic user name or as Bearer token.',
  },
  key_unknown: {
    status: 401,
    cause: "The key is not one of this proxy's sources.",
    cure: 'Compare the key with "sources" in sluice.config.jsonc, or with the secret SECRET_KEYS.',
  },
  key_scope: {
    status: 403,
    cause: 'The key is known but may not do this.',
    cure: 'Use a key of a source with the scope that the message names.',
  },
  origin_forbidden: {
    status: 403,
    cause: "The page that sent the request is not one of the source's origins.",
    cure: "Add the page's origin (scheme, host and port) to the source in sluice.config.jsonc.",
  },
  body_malformed: {
    status: 400,
    cause: 'The body is not the JSON that this route takes.',
    cure: "Send UTF-8 JSON as the route's documentation shows; a cut-off body looks like this too.",
  },
  body_too_large: { status: 413, cause: 'The body is larger than 500 KB.', cure: 'Send smaller batches.' },
  encoding_unsupported: {
    status: 400,
    cause: 'The body is compressed in another way than gzip, or not UTF-8 text.',
    cure: 'Send UTF-8 JSON, plain or gzip.',
  },
  event_invalid: {
    status: 400,
    cause: 'The event does not have the shape of its type.',
    cure: 'See the path beside the code: it names the field.',
  },
  event_too_large: { status: 413, cause: 'The event is larger than 32 KB.', cure: 'Send fewer or shorter properties.' },
  field_untrusted: {
    status: 403,
    cause: 'A write key that stands in a page may not set this field.',
    cure: 'Set it from a back end, with a secret key.',
  },
  event_server_only: {
    status: 403,
    cause: 'The configuration takes this event from back ends only.',
    cure: 'Send it with a secret key, or take it off "events.serverOnly".',
  },
  bot_refused: {
    status: 403,
    cause: 'The event comes from a bot, and the configuration refuses those.',
    cure: 'Nothing; or set "enrich.bots" to "flag", to have such events marked instead.',
  },
  consent_denied: {
    status: 403,
    cause: 'The person refused the purpose that this event serves.',
    cure: 'Nothing: the event must not be sent.',
  },
  consent_unknown: {
    status: 403,
    cause: "Nothing is known of the person's consent, and the policy refuses then.",
    cure: 'Send context.consent with the event, or change "unknown" in the policy.',
  },
  reoptin_unconfirmed: {
    status: 403,
    cause: 'The address opted out before; a page alone may not opt it in again.',
    cure: 'Use a double opt-in list, so that the person confirms by e-mail.',
  },
  age_refused: {
    status: 403,
    cause: 'For SMS the person must be of an age, and their date of birth is missing or too late.',
    cure: 'Ask for "dateOfBirth", or subscribe them by e-mail alone; "signUps.minimumAge" has the age.',
  },
  challenge_failed: {
    status: 403,
    cause: 'Turnstile did not take the visitor for a person, or its token is missing, used or older than five minutes.',
    cure: 'Reset the widget, and send its new token as "turnstileToken".',
  },
  challenge_unavailable: {
    status: 503,
    cause: 'Turnstile could not be asked, or does not accept TURNSTILE_SECRET; the log says which.',
    cure: 'Send the sign-up again after Retry-After; nothing was recorded.',
  },
  person_erased: { status: 410, cause: 'The person asked to be erased.', cure: 'Nothing: the event must not be kept.' },
  rate_limited: {
    status: 429,
    cause: 'Too many requests from this address or source.',
    cure: 'Wait as long as Retry-After says.',
  },
  storage_unavailable: {
    status: 503,
    cause: 'The event could not be stored durably just now.',
    cure: 'Send it again after Retry-After; nothing was acknowledged.',
  },
  list_not_found: {
    status: 404,
    cause: "The list is not in Klaviyo, or not among the source's lists.",
    cure: 'Compare the list id with Klaviyo and with "lists" in sluice.config.jsonc.',
  },
  email_invalid: { status: 400, cause: 'The e-mail address is not one.', cure: 'Ask for the address again.' },
  phone_invalid: {
    status: 400,
    cause: 'The phone number is neither in international form nor one of the country that it was sent from.',
    cure: 'Send it as +, country code and number, for example +12025550123.',
  },
  row_invalid: {
    status: 400,
    cause: 'The row of an import does not have the shape that it should.',
    cure: 'See the message beside the code, mend the row and send the file again: what was taken is not taken twice.',
  },
  evidence_missing: {
    status: 400,
    cause: 'A grant was imported without evidence: when it was given, and on which page or to which text.',
    cure: 'Fill in decided_at, and page or form_text. Without them ask the person again.',
  },
  already_member: {
    status: 409,
    cause: 'The person is on the list already.',
    cure: 'Nothing: there is nothing to do.',
  },
  klaviyo_key_invalid: {
    status: 502,
    cause: 'Klaviyo does not accept the private API key.',
    cure: 'Set a valid key: wrangler secret put KLAVIYO_API_KEY.',
  },
  klaviyo_scope_missing: {
    status: 502,
    cause: 'The Klaviyo private key lacks a scope that this call needs.',
    cure: 'Make a key with the scopes that docs/deploy.md lists.',
  },
  klaviyo_rate_limited: {
    status: 503,
    cause: 'Klaviyo asked us to slow down.',
    cure: 'Nothing: it is sent again by itself.',
  },
  klaviyo_rejected: {
    status: 502,
    cause: 'Klaviyo refused the item for good.',
    cure: "It is kept as a dead letter, with Klaviyo's error: replay it once the cause is gone.",
  },
  revision_retired: {
    status: 502,
    cause: 'Klaviyo retired the API revision that is configured.',
    cure: 'Update Sluice, or "revision" of the account.',
  },
  superseded: {
    status: 409,
    cause: 'The person decided otherwise later, so that this change of their consent came too late.',
    cure: 'Nothing: what they decided last is what counts.',
  },
  expired: {
    status: 410,
    cause: 'The item waited longer than "delivery.maxAgeHours".',
    cure: 'It is kept as a dead letter: replay it once what held it up is over.',
  },
  retention_passed: {
    status: 410,
    cause: 'The dead letter was older than "retentionDays.deadLetters", and was removed.',
    cure: 'Nothing: what is gone cannot be replayed. Raise the retention to have longer next time.',
  },
  operator_unauthorized: {
    status: 401,
    cause: 'The operator token is missing or not valid.',
    cure: 'Send a token of the secret OPERATOR_TOKENS as Bearer token.',
  },
  not_found: {
    status: 404,
    cause: 'There is no such route or thing.',
    cure: 'Compare the path with the documentation.',
  },
  config_invalid: {
    status: 500,
    cause: "The proxy's configuration or secrets are not complete.",
    cure: 'See the log of the start: it names the field and an example.',
  },
  internal: { status: 500, cause: 'A defect of the proxy.', cure: 'Report the request id; nothing was acknowledged.' },
} as const satisfies Record<string, { status: number; cause: string; cure: string }>;

/** A stable code, fit for programs; the words beside it may change. */
export type ErrorCode = keyof typeof ERROR_CODES;
