import type { Assumptions, Wording } from '../assumptions.ts';
import { MAX_TIMER_MS } from '../limits.ts';
import { fields, oneOf, text, whole, wholeOrAll } from './shapes.ts';

const wording = fields<Wording>({ code: text, title: text, detail: text }, ['code', 'title', 'detail']);

export const ASSUMPTIONS = fields<Partial<Assumptions>>({
  missingRevision: oneOf('reject', 'newest'),
  bulkDuplicates: oneOf('discard', 'reject'),
  bulkImportInvalid: oneOf('reject', 'job'),
  bulkImportNulls: oneOf('ignore', 'clear'),
  repeatedSubscribe: oneOf('apply', 'ignore'),
  earliestEventYear: oneOf(1990, 2000),
  maxErrors: wholeOrAll(1),
  rateLimitHeaders: oneOf('steady', 'windows'),
  webhookTimeoutMs: whole(1, MAX_TIMER_MS),
  webhookRetry: fields({ firstMs: whole(1), maxMs: whole(1), disableAfterMs: whole(0) }, [
    'firstMs',
    'maxMs',
    'disableAfterMs',
  ]),
  unauthenticated: wording,
  forbidden: wording,
  notFoundCode: text,
});
