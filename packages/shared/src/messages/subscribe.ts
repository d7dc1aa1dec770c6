import { isJsonObject, type JsonObject } from '../json.ts';
import { MAX_ID_LENGTH, MAX_TURNSTILE_TOKEN_LENGTH } from '../limits.ts';
import * as z from '../zod.ts';
import { ConsentContextSchema } from './schema.ts';

const text = z.nullish(z.string().check(z.maxLength(2000)));
const id = z.nullish(z.string().check(z.minLength(1), z.maxLength(MAX_ID_LENGTH)));

/** Channels whose marketing a person can subscribe to. */
export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * The body of `POST /v1/subscribe`: who, to which lists and channels, and what they saw when they agreed.
 * Unknown keys are errors: a misspelt `lists` would subscribe somebody to another list than they chose.
 */
export const SubscribeSchema = z.strictObject({
  writeKey: z.nullish(z.string()),
  messageId: id,
  sentAt: text,
  timestamp: text,
  anonymousId: id,
  email: z.nullish(z.string()),
  phone: z.nullish(z.string()),
  channels: z.nullish(z.array(z.enum(CHANNELS)).check(z.minLength(1))),
  lists: z.nullish(z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.minLength(1), z.maxLength(10))),
  profile: z.nullish(z.custom<JsonObject>(isJsonObject, 'expected an object')),
  context: z.nullish(z.object({ consent: z.nullish(ConsentContextSchema) })),
  evidence: z.nullish(z.strictObject({ page: text, formText: text, formVersion: text })),
  /** For SMS where it is age-gated. */
  dateOfBirth: z.nullish(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/, 'expected a day such as 1990-12-31'))),
  /** What Turnstile's widget gave the page. */
  turnstileToken: z.nullish(z.string().check(z.maxLength(MAX_TURNSTILE_TOKEN_LENGTH))),
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
