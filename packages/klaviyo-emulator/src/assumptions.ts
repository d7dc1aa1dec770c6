/** What Klaviyo answers on top of a status: its own words, which its guide reserves the right to change. */
export interface Wording {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/**
 * Questions that Klaviyo's documents leave open, or answer in two ways. Each default is the answer that is harder on a
 * client, or the one that more sources give; a client should survive both.
 */
export interface Assumptions {
  /** A request without `revision`: integrators report 400, others that the newest revision answers. @default 'reject' */
  readonly missingRevision: 'reject' | 'newest';
  /**
   * A unique_id that a bulk request repeats, or that is stored already: the guide drops the repeats, the spec refuses
   * the request. @default 'discard'
   */
  readonly bulkDuplicates: 'discard' | 'reject';
  /** A bad e-mail or phone in a bulk import: refuse the request, or an import error of the job. @default 'reject' */
  readonly bulkImportInvalid: 'reject' | 'job';
  /** A null in a bulk import: integrators report that nulls cannot be written; elsewhere null clears. @default 'ignore' */
  readonly bulkImportNulls: 'ignore' | 'clear';
  /** A second subscribe of the same profile, channel and list within 30 minutes. @default 'apply' */
  readonly repeatedSubscribe: 'apply' | 'ignore';
  /** First year an event may name: the spec says 1990, the guide 2000. @default 2000 */
  readonly earliestEventYear: 1990 | 2000;
  /** Errors in one answer; what is more is left out. @default 100 */
  readonly maxErrors: number;
  /**
   * The guide says that `RateLimit-*` describe the minute; public clients record the form of the IETF draft instead,
   * `10, 10;w=1, 150;w=60`: the limit that binds now, then all. @default 'steady'
   */
  readonly rateLimitHeaders: 'steady' | 'windows';
  /** How long a webhook's receiver may take; integrators quote 5 seconds. @default 5000 */
  readonly webhookTimeoutMs: number;
  /**
   * After an answer that was not 2xx: waiting doubles from `firstMs` to `maxMs`, and a webhook that failed for
   * `disableAfterMs` is disabled. Integrators quote the hour and the two days; the first wait is a guess.
   * @default 10 s, 1 h, 48 h
   */
  readonly webhookRetry: { readonly firstMs: number; readonly maxMs: number; readonly disableAfterMs: number };
  /** @default code 'authentication_failed' */
  readonly unauthenticated: Wording;
  /** `detail` is followed by the missing scopes. @default code 'permission_denied' */
  readonly forbidden: Wording;
  /** The code of a 404. @default 'not_found' */
  readonly notFoundCode: string;
}

const HOUR_MS = 3_600_000;

export const DEFAULT_ASSUMPTIONS: Assumptions = {
  missingRevision: 'reject',
  bulkDuplicates: 'discard',
  bulkImportInvalid: 'reject',
  bulkImportNulls: 'ignore',
  repeatedSubscribe: 'apply',
  earliestEventYear: 2000,
  maxErrors: 100,
  rateLimitHeaders: 'steady',
  webhookTimeoutMs: 5000,
  webhookRetry: { firstMs: 10_000, maxMs: HOUR_MS, disableAfterMs: 48 * HOUR_MS },
  unauthenticated: {
    code: 'authentication_failed',
    title: 'Incorrect authentication credentials.',
    detail: 'Incorrect authentication credentials. Send `Authorization: Klaviyo-API-Key pk_...`.',
  },
  forbidden: {
    code: 'permission_denied',
    title: 'You do not have permission to perform this action.',
    detail: 'The API key lacks the required scopes',
  },
  notFoundCode: 'not_found',
};
