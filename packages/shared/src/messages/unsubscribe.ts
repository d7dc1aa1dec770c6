import * as z from 'zod';
import { isJsonObject, type JsonObject } from '../json.ts';
import { MAX_ID_LENGTH, MAX_LIST_ID_LENGTH } from '../limits.ts';
import { CHANNELS } from './subscribe.ts';

const text = z.string().max(2000).nullish();

/**
 * The body of `POST /v1/unsubscribe`: who, from which channels, of which lists. Without channels those that it brings an
 * address for are meant; without lists all marketing. Unknown keys are errors: a misspelt one would mean everything.
 */
export const UnsubscribeSchema = z.strictObject({
  writeKey: z.string().nullish(),
  messageId: z.string().min(1).max(MAX_ID_LENGTH).nullish(),
  sentAt: text,
  timestamp: text,
  email: z.string().nullish(),
  phone: z.string().nullish(),
  channels: z.array(z.enum(CHANNELS)).min(1).nullish(),
  lists: z.array(z.string().min(1).max(MAX_LIST_ID_LENGTH)).min(1).max(10).nullish(),
  /** As pages send them with everything; an opt-out needs neither. */
  anonymousId: z.string().nullish(),
  context: z.custom<JsonObject>(isJsonObject, 'expected an object').nullish(),
  /** Takes the person off the source's lists too, where `lists` names none; those that it names they always leave. */
  removeFromLists: z.boolean().nullish(),
  evidence: z.strictObject({ page: text, formText: text, formVersion: text }).nullish(),
});
export type UnsubscribeBody = z.infer<typeof UnsubscribeSchema>;

/** The 202 of `POST /v1/unsubscribe`: it holds from now on, and Klaviyo is being told. */
export interface UnsubscribeAnswer {
  status: 'accepted';
  /** Ids of the items, such as sign-ups, that were on their way to Klaviyo at that moment. */
  inFlight: string[];
  requestId: string;
}
