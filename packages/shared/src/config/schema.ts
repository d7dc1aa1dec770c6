import * as z from 'zod';
import { MAX_EVENT_NAME_LENGTH, MAX_INGEST_QUEUES, MAX_LIST_ID_LENGTH } from '../limits.ts';
import { ConditionSchema } from './rules.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/i, 'expected letters, digits, - or _, at most 32');
/** Accounts name a secret, KLAVIYO_API_KEY_<ACCOUNT>, and secrets have no dash. */
const accountId = z.string().regex(/^[a-z0-9][a-z0-9_]{0,31}$/i, 'expected letters, digits or _, at most 32');
const origin = z
  .string()
  .regex(/^(\*|https?:\/\/[^/?#\s]+)$/, 'expected an origin such as "https://shop.example", or "*"');
const domain = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'expected a domain such as "shop.example", in lower case');
const names = z.array(z.string().min(1));
const regions = z.array(z.string().regex(/^(EU|EEA|[A-Z]{2})$/, 'expected "EU", "EEA" or a country code such as "GB"'));

const AccountSchema = z.strictObject({
  /** Where Klaviyo is. @default "https://a.klaviyo.com" */
  baseUrl: z.url().default('https://a.klaviyo.com'),
  /** Klaviyo's API revision that Sluice was built against. */
  revision: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(\.\w+)?$/)
    .default('2026-07-15'),
  /** Part of Klaviyo's rate limits that Sluice may use; other integrations draw on the same bucket. @default 0.9 */
  share: z.number().gt(0).max(1).default(0.9),
  defaultList: z.string().min(1).nullable().default(null),
});

const PublicSourceSchema = z.strictObject({
  id,
  kind: z.literal('public'),
  account: accountId.default('main'),
  writeKey: z.string().min(6),
  origins: z.array(origin).min(1),
  allowNullOrigin: z.boolean().default(false),
  /** Lists that a page may subscribe people to. @default the account's defaultList alone */
  lists: names.default([]),
  policy: id.default('default'),
});

/** What a secret key may do. */
export const SCOPES = ['events', 'consent', 'lists'] as const;
export type Scope = (typeof SCOPES)[number];

const ServerSourceSchema = z.strictObject({
  id,
  kind: z.literal('server'),
  account: accountId.default('main'),
  scopes: z.array(z.enum(SCOPES)).default(['events']),
  policy: id.default('server'),
});

/** A policy, with the defaults for what an event without a word on consent means, and for what is transactional. */
function policySchema(defaults: { unknown: 'refuse' | 'send'; transactional: string[] }) {
  return z.strictObject({
    /** Regions and countries where nothing may be sent before a yes. */
    optIn: regions.default(['EU', 'EEA', 'GB', 'CH']),
    /** Regions and countries where events may be sent until a no. */
    optOut: regions.default(['US']),
    else: z.enum(['optIn', 'optOut']).default('optIn'),
    /** Categories of `context.consent.categoryPreferences` that must all be true. */
    required: names.min(1).default(['marketing']),
    /** What happens, where a yes is needed, to an event that says nothing of consent. */
    unknown: z.enum(['refuse', 'send']).default(defaults.unknown),
    /** Events that a server may send whatever the person said of marketing. */
    transactional: names.default(defaults.transactional),
  });
}

const PagePolicySchema = policySchema({ unknown: 'refuse', transactional: [] });
const ServerPolicySchema = policySchema({
  // The shop asked the person itself; a known denial still refuses.
  unknown: 'send',
  transactional: ['Order Completed', 'Order Fulfilled', 'Order Cancelled', 'Order Refunded'],
});

/** Membership only: a rule changes no one's consent. */
const RuleSchema = z.strictObject({
  /** An event by its name in Segment's specification or Klaviyo's, or one of the shop's own. */
  when: z.string().min(1),
  /** All must hold. @default none: every such event counts */
  where: z.array(ConditionSchema).default([]),
  /** The list's id, which is in the address of its page in Klaviyo. */
  addTo: z.string().min(1).max(MAX_LIST_ID_LENGTH),
  /** The account that the list belongs to: its sources' events count. @default "main" */
  account: accountId.default('main'),
});

const days = z.int().min(1).max(3650);
const minutes = z.int().min(1);
const age = z.int().min(1).max(120);
const httpsAddress = z.url({ protocol: /^https$/, error: 'expected an https:// address' });

/** `SLUICE_CONFIG`. Unknown keys are errors: a misspelt rule must not silently be no rule. */
export const ConfigSchema = z.strictObject({
  accounts: z.record(accountId, AccountSchema).default({ main: AccountSchema.parse({}) }),
  sources: z.array(z.discriminatedUnion('kind', [PublicSourceSchema, ServerSourceSchema])).min(1),
  /** Policies by name; sources name theirs. */
  consent: z
    .object({ default: PagePolicySchema.prefault({}), server: ServerPolicySchema.prefault({}) })
    .catchall(PagePolicySchema)
    .prefault({}),
  events: z
    .strictObject({
      /** Metrics under other names. Keys are events or metrics by their default names. */
      names: z.record(z.string(), z.string().min(1).max(MAX_EVENT_NAME_LENGTH)).default({}),
      /** Events and metrics that are not sent. */
      disabled: names.default([]),
      /** Events that a page may not send, under whichever name: anyone could claim them with its write key. */
      serverOnly: names.default([]),
      /** Nested values beside their object too, under dotted names, where Klaviyo can segment on them. @default true */
      flatten: z.boolean().default(true),
      /** Whether a refund counts once an order, or once a refund. @default 'order' */
      refundIds: z.enum(['order', 'refund']).default('order'),
    })
    .prefault({}),
  identity: z
    .strictObject({
      emailAsPrimary: z.boolean().default(true),
      publicTraits: names.default(['email', 'phone', 'firstName', 'lastName', 'locale']),
      /**
       * The shop's own domain, if the proxy runs within it: browsers then keep the anonymous id in a cookie of ours for
       * 400 days. null: no cookie. docs/deploy.md, docs/decisions/0007-visitor-cookie.md. @default null
       */
      cookieDomain: domain.nullable().default(null),
      /**
       * Whether Klaviyo's own cookie, where the browser sends it to the proxy, says who an anonymous visitor is. Who logs
       * out of the shop stays known to it until the page calls klaviyo.reset(). @default false
       */
      klaviyoCookie: z.boolean().default(false),
    })
    .prefault({}),
  /** What is added to events, docs/enrichment.md. */
  enrich: z
    .strictObject({
      /** Where the visitor is, and the time zone: seen by the edge for pages, from the message's context for servers. */
      location: z.boolean().default(true),
      /** The kind of device, the browser and the operating system. */
      device: z.boolean().default(true),
      /** `flag` marks the events of bots, `drop` refuses those that come from pages. @default "flag" */
      bots: z.enum(['flag', 'drop', 'off']).default('flag'),
      /** The utm_ parameters and click ids that led here, and the first ones where the sender remembers them. */
      campaign: z.boolean().default(true),
      /** What kind of place led here, such as a search engine, and its host. */
      referrer: z.boolean().default(true),
      /** The session's id and number, where the sender keeps them. */
      session: z.boolean().default(true),
      /** Gives Klaviyo the visitor's IP address. Off, it is gone once the request is answered. @default false */
      ip: z.boolean().default(false),
    })
    .prefault({}),
  ingest: z
    .strictObject({
      /** Queues that what comes in is spread over; one takes 5,000 messages a second. docs/scale.md. @default 1 */
      queues: z.int().min(1).max(MAX_INGEST_QUEUES).default(1),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      maxWaitMs: z.int().min(0).max(60_000).default(2000),
      maxAgeHours: z
        .int()
        .min(1)
        .max(24 * 30)
        .default(72),
      backfillAfterMinutes: z
        .record(z.string(), minutes)
        .default({ default: 1440, 'Viewed Product': 120, 'Added to Cart': 120, 'Started Checkout': 240 }),
      /** When `webhooks.alerts` is told. */
      alerts: z
        .strictObject({
          /** The oldest item has waited so long. @default 30 */
          oldestMinutes: minutes.default(30),
          /** So much of the last hour's outcomes is dead. @default 0.01 */
          deadShare: z.number().gt(0).max(1).default(0.01),
          /** With fewer outcomes in the last hour, no share is worth waking anybody. @default 20 */
          minItems: z.int().min(1).default(20),
        })
        .prefault({}),
    })
    .prefault({}),
  webhooks: z
    .strictObject({
      /** Where alerts go, signed with the secret WEBHOOK_SECRET; null: nowhere. docs/operations.md has their shape. */
      alerts: httpsAddress.nullable().default(null),
      /** Where each opt-out goes, signed alike. docs/operations.md has its shape. */
      optOuts: httpsAddress.nullable().default(null),
    })
    .prefault({}),
  signUps: z
    .strictObject({
      /**
       * Who signs up for SMS must be so old: one figure, or by country with `else` for the others. It must be Klaviyo's own
       * setting or higher. null: no age is asked for. @default null
       */
      minimumAge: z
        .union([age, z.record(z.string().regex(/^(else|[A-Z]{2})$/, 'expected "else" or a country code'), age)])
        .nullable()
        .default(null),
      /** Who checks Turnstile's tokens, where the secret TURNSTILE_SECRET is set. @default Cloudflare */
      turnstileUrl: z.url().default('https://challenges.cloudflare.com/turnstile/v0/siteverify'),
    })
    .prefault({}),
  rules: z.array(RuleSchema).default([]),
  retentionDays: z.strictObject({ deadLetters: days.default(30), identities: days.default(400) }).prefault({}),
});

export type Config = z.infer<typeof ConfigSchema>;
export type Account = z.infer<typeof AccountSchema>;
export type Source = Config['sources'][number];
export type PublicSource = z.infer<typeof PublicSourceSchema>;
export type ServerSource = z.infer<typeof ServerSourceSchema>;
export type Rule = z.infer<typeof RuleSchema>;
/** A rule as it is written, without the defaults. */
export type RuleInput = z.input<typeof RuleSchema>;
export type SourceKind = Source['kind'];
export type ConsentPolicy = z.infer<typeof PagePolicySchema>;
