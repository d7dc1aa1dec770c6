import type { ErrorCode } from '../codes.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { MAX_CLIENT_ID_LENGTH, MAX_EVENT_NAME_LENGTH } from '../limits.ts';
import * as z from '../zod.ts';
import { isInstant } from './isInstant.ts';

/** Some SDKs send numeric ids, and null for what they do not know. */
const id = z.nullish(
  z.pipe(
    z.pipe(
      z.union([z.string(), z.int()], 'expected a string'),
      z.transform((value) => String(value).trim()),
    ),
    z.string().check(z.minLength(1), z.maxLength(MAX_CLIENT_ID_LENGTH)),
  ),
);
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_EVENT_NAME_LENGTH));
const instant = z.nullish(z.string().check(z.refine(isInstant, 'expected an ISO 8601 date-time')));
/**
 * Passed through by reference: copying it key by key would let `__proto__` reach a setter.
 * PHP writes an empty map as [].
 */
const jsonObject = z.nullish(
  z.pipe(
    z.transform((value) => (Array.isArray(value) && value.length === 0 ? null : value)),
    z.nullable(z.custom<JsonObject>(isJsonObject, 'expected an object')),
  ),
);

/** Whatever `JSON.parse` made. Not z.json(), which walks through it all, and down what nests without end. */
const anything = z.custom<Json>(() => true);

/** The types of Google Consent Mode v2 that are read; any other is ignored. */
export const CONSENT_MODE_TYPES = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage'] as const;
export type ConsentModeType = (typeof CONSENT_MODE_TYPES)[number];

const consentModeState = z.nullish(z.enum(['granted', 'denied']));

/** What the visitor's browser says of consent: Segment's `context.consent`, and the signals of browsers and banners. */
export const ConsentContextSchema = z.object({
  categoryPreferences: z.nullish(z.record(z.string(), z.boolean())),
  /** Global Privacy Control. */
  gpc: z.nullish(z.boolean()),
  googleConsentMode: z.nullish(
    z.object({
      ad_storage: consentModeState,
      ad_user_data: consentModeState,
      ad_personalization: consentModeState,
      analytics_storage: consentModeState,
    } satisfies Record<ConsentModeType, unknown>),
  ),
  /** A TC string of IAB Europe's TCF, version 2. One that cannot be read says nothing. */
  tcf: z.nullish(z.string()),
});
export type ConsentContext = z.infer<typeof ConsentContextSchema>;

const context = jsonObject.check(
  z.refine((value) => z.nullish(ConsentContextSchema).safeParse(value?.consent).success, {
    path: ['consent'],
    error:
      "expected { categoryPreferences?: { <category>: true | false }, gpc?: boolean, googleConsentMode?: { <type>: 'granted' | 'denied' }, tcf?: string }",
  }),
);

const common = { messageId: id, anonymousId: id, userId: id, timestamp: instant, sentAt: instant, context };

export const TrackSchema = z.object({ type: z.literal('track'), event: name, properties: jsonObject, ...common });
export const PageSchema = z.object({
  type: z.literal('page'),
  name: z.nullish(z.string()),
  category: z.nullish(z.string()),
  properties: jsonObject,
  ...common,
});
export const ScreenSchema = z.object({
  type: z.literal('screen'),
  name: z.nullish(z.string()),
  properties: jsonObject,
  ...common,
});
export const IdentifySchema = z.object({ type: z.literal('identify'), traits: jsonObject, ...common });
export const AliasSchema = z.object({ type: z.literal('alias'), previousId: id, ...common });
export const GroupSchema = z.object({ type: z.literal('group'), groupId: id, traits: jsonObject, ...common });

/** One message of the Segment specification. Unknown keys at its top are dropped. */
export const MessageSchema = z.discriminatedUnion('type', [
  TrackSchema,
  PageSchema,
  ScreenSchema,
  IdentifySchema,
  AliasSchema,
  GroupSchema,
]);
export type Message = z.infer<typeof MessageSchema>;
export type TrackMessage = z.infer<typeof TrackSchema>;
export type PageMessage = z.infer<typeof PageSchema>;
export type ScreenMessage = z.infer<typeof ScreenSchema>;
export type IdentifyMessage = z.infer<typeof IdentifySchema>;
export type GroupMessage = z.infer<typeof GroupSchema>;
export type MessageType = Message['type'];

/** The body of `POST /v1/batch`. What stands at the top is the default for every message; messages are checked one by one. */
export const BatchSchema = z.object({
  batch: z.array(z.unknown()),
  // Checked in each message: a default that is wrong must not sink the messages that do not need it.
  sentAt: z.optional(anything),
  anonymousId: z.optional(anything),
  userId: z.optional(anything),
  context: jsonObject,
});

/** The 202 of the ingest routes. `index` is the message's place in the batch. */
export interface IngestAnswer {
  accepted: number;
  rejected: { index: number; id: string; code: ErrorCode; path?: string }[];
  requestId: string;
}
