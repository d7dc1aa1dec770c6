import { MAX_DEAD_LETTERS_PER_PAGE, MAX_REPLAY_IDS } from '../limits.ts';
import * as z from '../zod.ts';

const text = z.string().check(z.minLength(1), z.maxLength(200));
const instant = z.pipe(
  z.iso.datetime({ offset: true, error: 'expected ISO 8601 with a zone, such as 2026-11-27T08:00:00Z' }),
  z.transform((iso) => Date.parse(iso)),
);

/** Which dead letters: all that is given must hold. `since` and `until` speak of when they died, `until` not included. */
export const DeadLetterFilterSchema = z.strictObject({
  reason: z.optional(text),
  lane: z.optional(text),
  /** As Klaviyo names it. */
  metric: z.optional(text),
  since: z.optional(instant),
  until: z.optional(instant),
});
export type DeadLetterFilter = z.infer<typeof DeadLetterFilterSchema>;

/** The query of `GET /v1/operator/dead-letters`. */
export const DeadLettersQuerySchema = z.extend(DeadLetterFilterSchema, {
  account: z._default(text, 'main'),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MAX_DEAD_LETTERS_PER_PAGE)), 100),
  /** `next` of the page before. */
  cursor: z.optional(z.string().check(z.regex(/^\d{1,16}:./s, 'expected "next" of the page before'))),
});
export type DeadLettersQuery = z.infer<typeof DeadLettersQuerySchema>;

/** The body of `POST /v1/operator/replay`: exactly one of `ids`, `filter`, `all` and `optOuts`. */
export const ReplaySchema = z
  .strictObject({
    account: z._default(text, 'main'),
    ids: z.optional(z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(MAX_REPLAY_IDS))),
    filter: z.optional(DeadLetterFilterSchema),
    all: z.optional(z.literal(true)),
    /** Not dead letters, but opt-outs that `webhooks.optOuts` did not take in time. */
    optOuts: z.optional(z.literal(true)),
  })
  .check(
    z.refine(
      ({ ids, filter, all, optOuts }) =>
        [ids, filter, all, optOuts].filter((choice) => choice !== undefined).length === 1,
      'expected exactly one of "ids", "filter", "all": true and "optOuts": true',
    ),
  );

export type ReplayOrder = z.infer<typeof ReplaySchema>;

/** One dead letter, as `GET /v1/operator/dead-letters` lists it. */
export interface DeadLetter {
  id: string;
  lane: string;
  reason: string;
  /** What Klaviyo said of it; null where it said nothing. */
  error: { code: string; title: string; detail: string; pointer?: string } | null;
  /** Tries in all, those before a replay included. */
  attempts: number;
  /** Epoch milliseconds. */
  diedAtMs: number;
  /** What was to be sent: personal data, as it was brought. */
  item: unknown;
}

/** The answer of `GET /v1/operator/dead-letters`. A page may be empty and still have a next one. */
export interface DeadLettersAnswer {
  deadLetters: DeadLetter[];
  /** The `cursor` of the next page; null on the last. */
  next: string | null;
}

/** The answer of `POST /v1/operator/replay`. */
export interface ReplayAnswer {
  /** Items that wait again. */
  replayed: number;
  /** There are more than one request moves, or than may wait: ask again. */
  more: boolean;
  requestId: string;
}
