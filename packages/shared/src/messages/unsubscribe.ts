import { isJsonObject, type JsonObject } from '../json.ts';
import { MAX_ID_LENGTH, MAX_LIST_ID_LENGTH } from '../limits.ts';
import * as z from '../zod.ts';
import { CHANNELS } from './subscribe.ts';

const text = z.nullish(z.string().check(z.maxLength(2000)));

/**
 * The body of `POST /v1/unsubscribe`: who, from which channels, of which lists. Without channels those that it brings an
 * address for are meant; without lists all marketing. Unknown keys are errors: a misspelt one would mean everything.
 */
export const UnsubscribeSchema = z.strictObject({
  writeKey: z.nullish(z.string()),
  messageId: z.nullish(z.string().check(z.minLength(1), z.maxLength(MAX_ID_LENGTH))),
  sentAt: text,
  timestamp: text,
  email: z.nullish(z.string()),
  phone: z.nullish(z.string()),
  channels: z.nullish(z.array(z.enum(CHANNELS)).check(z.minLength(1))),
  lists: z.nullish(
    z.array(z.string().check(z.minLength(1), z.maxLength(MAX_LIST_ID_LENGTH))).check(z.minLength(1), z.maxLength(10)),
  ),
  /** As pages send them with everything; an opt-out needs neither. */
  anonymousId: z.nullish(z.string()),
  context: z.nullish(z.custom<JsonObject>(isJsonObject, 'expected an object')),
  /** Takes the person off the source's lists too, where `lists` names none; those that it names they always leave. */
  removeFromLists: z.nullish(z.boolean()),
  evidence: z.nullish(z.strictObject({ page: text, formText: text, formVersion: text })),
});
export type UnsubscribeBody = z.infer<typeof UnsubscribeSchema>;

/** The 202 of `POST /v1/unsubscribe`: it holds from now on, and Klaviyo is being told. */
export interface UnsubscribeAnswer {
  status: 'accepted';
  /** Ids of the items, such as sign-ups, that were on their way to Klaviyo at that moment. */
  inFlight: string[];
  requestId: string;
}
