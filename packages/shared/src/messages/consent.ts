import { MAX_CLIENT_ID_LENGTH, MAX_ID_LENGTH } from '../limits.ts';
import * as z from '../zod.ts';
import { ConsentContextSchema } from './schema.ts';

const text = z.nullish(z.string().check(z.maxLength(2000)));
const id = z.nullish(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_CLIENT_ID_LENGTH)));

/**
 * The body of `POST /v1/consent`: who may be tracked, as the answers of a banner or as a back end's own word.
 * Unknown keys are errors: a misspelt one could turn a no into a yes.
 */
export const ConsentSchema = z
  .strictObject({
    writeKey: z.nullish(z.string()),
    messageId: z.nullish(z.string().check(z.minLength(1), z.maxLength(MAX_ID_LENGTH))),
    sentAt: text,
    timestamp: text,
    anonymousId: id,
    userId: id,
    email: z.nullish(z.string()),
    phone: z.nullish(z.string()),
    consent: z.nullish(ConsentContextSchema),
    purposes: z.nullish(z.strictObject({ tracking: z.enum(['granted', 'denied']) })),
    evidence: z.nullish(z.strictObject({ page: text, formText: text, formVersion: text })),
  })
  .check(
    z.refine(
      ({ consent, purposes }) => (consent ? 1 : 0) + (purposes ? 1 : 0) === 1,
      'expected exactly one of "consent" and "purposes"',
    ),
  );
export type ConsentBody = z.infer<typeof ConsentSchema>;

/** The 200 of `POST /v1/consent`: what was understood, which holds from now on. */
export interface ConsentAnswer {
  status: 'granted' | 'denied';
  /** Ids of the items that were on their way to Klaviyo when tracking was denied. */
  inFlight: string[];
  requestId: string;
}
