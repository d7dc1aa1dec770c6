import * as z from 'zod';
import { MAX_CLIENT_ID_LENGTH, MAX_ID_LENGTH } from '../limits.ts';
import { ConsentContextSchema } from './schema.ts';

const text = z.string().max(2000).nullish();
const id = z.string().trim().min(1).max(MAX_CLIENT_ID_LENGTH).nullish();

/**
 * The body of `POST /v1/consent`: who may be tracked, as the answers of a banner or as a back end's own word.
 * Unknown keys are errors: a misspelt one could turn a no into a yes.
 */
export const ConsentSchema = z
  .strictObject({
    writeKey: z.string().nullish(),
    messageId: z.string().min(1).max(MAX_ID_LENGTH).nullish(),
    sentAt: text,
    timestamp: text,
    anonymousId: id,
    userId: id,
    email: z.string().nullish(),
    phone: z.string().nullish(),
    consent: ConsentContextSchema.nullish(),
    purposes: z.strictObject({ tracking: z.enum(['granted', 'denied']) }).nullish(),
    evidence: z.strictObject({ page: text, formText: text, formVersion: text }).nullish(),
  })
  .refine(({ consent, purposes }) => (consent ? 1 : 0) + (purposes ? 1 : 0) === 1, {
    error: 'expected exactly one of "consent" and "purposes"',
  });
export type ConsentBody = z.infer<typeof ConsentSchema>;

/** The 200 of `POST /v1/consent`: what was understood, which holds from now on. */
export interface ConsentAnswer {
  status: 'granted' | 'denied';
  /** Ids of the items that were on their way to Klaviyo when tracking was denied. */
  inFlight: string[];
  requestId: string;
}
