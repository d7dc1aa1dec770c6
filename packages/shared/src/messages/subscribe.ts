import * as z from 'zod';
import { isJsonObject, type JsonObject } from '../json.ts';
import { MAX_ID_LENGTH, MAX_TURNSTILE_TOKEN_LENGTH } from '../limits.ts';
import { ConsentContextSchema } from './schema.ts';

const text = z.string().max(2000).nullish();
const id = z.string().min(1).max(MAX_ID_LENGTH).nullish();

/** Channels whose marketing a person can subscribe to. */
export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * The body of `POST /v1/subscribe`: who, to which lists and channels, and what they saw when they agreed.
 * Unknown keys are errors: a misspelt `lists` would subscribe somebody to another list than they chose.
 */
export const SubscribeSchema = z.strictObject({
  writeKey: z.string().nullish(),
  messageId: id,
  sentAt: text,
  timestamp: text,
  anonymousId: id,
  email: z.string().nullish(),
  phone: z.string().nullish(),
  channels: z.array(z.enum(CHANNELS)).min(1).nullish(),
  lists: z.array(z.string().min(1).max(64)).min(1).max(10).nullish(),
  profile: z.custom<JsonObject>(isJsonObject, 'expected an object').nullish(),
  context: z.object({ consent: ConsentContextSchema.nullish() }).nullish(),
  evidence: z.strictObject({ page: text, formText: text, formVersion: text }).nullish(),
  /** For SMS where it is age-gated. */
  dateOfBirth: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, 'expected a day such as 1990-12-31')
    .nullish(),
  /** What Turnstile's widget gave the page. */
  turnstileToken: z.string().max(MAX_TURNSTILE_TOKEN_LENGTH).nullish(),
  /** What stood in a field that people do not see: whoever fills it in is a robot. */
  honeypot: text,
});
export type SubscribeBody = z.infer<typeof SubscribeSchema>;

/** The 202 of `POST /v1/subscribe`: stored durably, on its way to Klaviyo. */
export interface SubscribeAnswer {
  /** A request that is sent again is told what Klaviyo was seen to make of it: it waits for the person's click, or is done. */
  status: 'accepted' | 'pending' | 'subscribed';
  requestId: string;
}
