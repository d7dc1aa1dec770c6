import { MAX_EVENT_NAME_LENGTH, MAX_INGEST_QUEUES, MAX_LIST_ID_LENGTH } from '../limits.ts';
import * as z from '../zod.ts';
import { ConditionSchema } from './rules.ts';

const id = z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,31}$/i, 'expected letters, digits, - or _, at most 32'));
/** Accounts name a secret, KLAVIYO_API_KEY_<ACCOUNT>, and secrets have no dash. */
const accountId = z.string().check(z.regex(/^[a-z0-9][a-z0-9_]{0,31}$/i, 'expected letters, digits or _, at most 32'));
const origin = z
  .string()
  .check(z.regex(/^(\*|https?:\/\/[^/?#\s]+)$/, 'expected an origin such as "https://shop.example", or "*"'));
const domain = z
  .string()
  .check(z.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'expected a domain such as "shop.example", in lower case'));
const names = z.array(z.string().check(z.minLength(1)));
const regions = z.array(
  z.string().check(z.regex(/^(EU|EEA|[A-Z]{2})$/, 'expected "EU", "EEA" or a country code such as "GB"')),
);

const AccountSchema = z.strictObject({
  /** Where Klaviyo is. @default "https://a.klaviyo.com" */
  baseUrl: z._default(z.url(), 'https://a.klaviyo.com'),
  /** Klaviyo's API revision that Sluice was built against. */
  revision: z._default(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}(\.\w+)?$/)), '2026-07-15'),
  /** Part of Klaviyo's rate limits that Sluice may use; other integrations draw on the same bucket. @default 0.9 */
  share: z._default(z.number().check(z.gt(0), z.maximum(1)), 0.9),
  defaultList: z._default(z.nullable(z.string().check(z.minLength(1))), null),
});

const PublicSourceSchema = z.strictObject({
  id,
  kind: z.literal('public'),
  account: z._default(accountId, 'main'),
  /** Part of a cookie's name as it is. */
  writeKey: z.string().check(z.regex(/^[\w.~-]{6,64}$/, 'expected 6 to 64 letters, digits, _, ., ~ or -')),
  origins: z.array(origin).check(z.minLength(1)),
  allowNullOrigin: z._default(z.boolean(), false),
  /** Lists that a page may subscribe people to. @default the account's defaultList alone */
  lists: z._default(names, []),
  policy: z._default(id, 'default'),
});

/** What a secret key may do. */
export const SCOPES = ['events', 'consent', 'lists'] as const;
export type Scope = (typeof SCOPES)[number];

const ServerSourceSchema = z.strictObject({
  id,
  kind: z.literal('server'),
  account: z._default(accountId, 'main'),
  scopes: z._default(z.array(z.enum(SCOPES)), ['events']),
  policy: z._default(id, 'server'),
});

/** A policy, with the defaults for what an event without a word on consent means, and for what is transactional. */
function policySchema(defaults: { unknown: 'refuse' | 'send'; transactional: string[] }) {
  return z.strictObject({
    /** Regions and countries where nothing may be sent before a yes. */
    optIn: z._default(regions, ['EU', 'EEA', 'GB', 'CH']),
    /** Regions and countries where events may be sent until a no. */
    optOut: z._default(regions, ['US']),
    else: z._default(z.enum(['optIn', 'optOut']), 'optIn'),
    /** Categories of `context.consent.categoryPreferences` that must all be true. */
    required: z._default(names.check(z.minLength(1)), ['marketing']),
    /** What happens, where a yes is needed, to an event that says nothing of consent. */
    unknown: z._default(z.enum(['refuse', 'send']), defaults.unknown),
    /** Events that a server may send whatever the person said of marketing. */
    transactional: z._default(names, defaults.transactional),
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
  when: z.string().check(z.minLength(1)),
  /** All must hold. @default none: every such event counts */
  where: z._default(z.array(ConditionSchema), []),
  /** The list's id, which is in the address of its page in Klaviyo. */
  addTo: z.string().check(z.minLength(1), z.maxLength(MAX_LIST_ID_LENGTH)),
  /** The account that the list belongs to: its sources' events count. @default "main" */
  account: z._default(accountId, 'main'),
});

const days = z.int().check(z.minimum(1), z.maximum(3650));
const minutes = z.int().check(z.minimum(1));
const age = z.int().check(z.minimum(1), z.maximum(120));
const countryOrElse = z.string().check(z.regex(/^(else|[A-Z]{2})$/, 'expected "else" or a country code'));
const httpsAddress = z.url({ protocol: /^https$/, error: 'expected an https:// address' });

/** `SLUICE_CONFIG`. Unknown keys are errors: a misspelt rule must not silently be no rule. */
export const ConfigSchema = z.strictObject({
  accounts: z._default(z.record(accountId, AccountSchema), { main: AccountSchema.parse({}) }),
  sources: z.array(z.discriminatedUnion('kind', [PublicSourceSchema, ServerSourceSchema])).check(z.minLength(1)),
  /** Policies by name; sources name theirs. */
  consent: z.prefault(
    z.catchall(
      z.object({ default: z.prefault(PagePolicySchema, {}), server: z.prefault(ServerPolicySchema, {}) }),
      PagePolicySchema,
    ),
    {},
  ),
  events: z.prefault(
    z.strictObject({
      /** Metrics under other names. Keys are events or metrics by their default names. */
      names: z._default(z.record(z.string(), z.string().check(z.minLength(1), z.maxLength(MAX_EVENT_NAME_LENGTH))), {}),
      /** Events and metrics that are not sent. */
      disabled: z._default(names, []),
      /** Events that a page may not send, under whichever name: anyone could claim them with its write key. */
      serverOnly: z._default(names, []),
      /** Nested values beside their object too, under dotted names, where Klaviyo can segment on them. @default true */
      flatten: z._default(z.boolean(), true),
      /** Whether a refund counts once an order, or once a refund. @default 'order' */
      refundIds: z._default(z.enum(['order', 'refund']), 'order'),
    }),
    {},
  ),
  identity: z.prefault(
    z.strictObject({
      emailAsPrimary: z._default(z.boolean(), true),
      publicTraits: z._default(names, ['email', 'phone', 'firstName', 'lastName', 'locale']),
      /**
       * The shop's own domain, if the proxy runs within it: browsers then keep the anonymous id in a cookie of ours for
       * 400 days. null: no cookie. docs/deploy.md, docs/decisions/0007-visitor-cookie.md. @default null
       */
      cookieDomain: z._default(z.nullable(domain), null),
      /**
       * Whether Klaviyo's own cookie, where the browser sends it to the proxy, says who an anonymous visitor is. Who logs
       * out of the shop stays known to it until the page calls klaviyo.reset(). @default false
       */
      klaviyoCookie: z._default(z.boolean(), false),
    }),
    {},
  ),
  /** What is added to events, docs/enrichment.md. */
  enrich: z.prefault(
    z.strictObject({
      /** Where the visitor is, and the time zone: seen by the edge for pages, from the message's context for servers. */
      location: z._default(z.boolean(), true),
      /** The kind of device, the browser and the operating system. */
      device: z._default(z.boolean(), true),
      /** `flag` marks the events of bots, `drop` refuses those that come from pages. @default "flag" */
      bots: z._default(z.enum(['flag', 'drop', 'off']), 'flag'),
      /** The utm_ parameters and click ids that led here, and the first ones where the sender remembers them. */
      campaign: z._default(z.boolean(), true),
      /** What kind of place led here, such as a search engine, and its host. */
      referrer: z._default(z.boolean(), true),
      /** The session's id and number, where the sender keeps them. */
      session: z._default(z.boolean(), true),
      /** Gives Klaviyo the visitor's IP address. Off, it is gone once the request is answered. @default false */
      ip: z._default(z.boolean(), false),
    }),
    {},
  ),
  ingest: z.prefault(
    z.strictObject({
      /** Queues that what comes in is spread over; one takes 5,000 messages a second. docs/scale.md. @default 1 */
      queues: z._default(z.int().check(z.minimum(1), z.maximum(MAX_INGEST_QUEUES)), 1),
    }),
    {},
  ),
  delivery: z.prefault(
    z.strictObject({
      maxWaitMs: z._default(z.int().check(z.minimum(0), z.maximum(60_000)), 2000),
      maxAgeHours: z._default(z.int().check(z.minimum(1), z.maximum(24 * 30)), 72),
      backfillAfterMinutes: z._default(z.record(z.string(), minutes), {
        default: 1440,
        'Viewed Product': 120,
        'Added to Cart': 120,
        'Started Checkout': 240,
      }),
      /** When `webhooks.alerts` is told. */
      alerts: z.prefault(
        z.strictObject({
          /** The oldest item has waited so long. @default 30 */
          oldestMinutes: z._default(minutes, 30),
          /** So much of the last hour's outcomes is dead. @default 0.01 */
          deadShare: z._default(z.number().check(z.gt(0), z.maximum(1)), 0.01),
          /** With fewer outcomes in the last hour, no share is worth waking anybody. @default 20 */
          minItems: z._default(z.int().check(z.minimum(1)), 20),
        }),
        {},
      ),
    }),
    {},
  ),
  webhooks: z.prefault(
    z.strictObject({
      /** Where alerts go, signed with the secret WEBHOOK_SECRET; null: nowhere. docs/operations.md has their shape. */
      alerts: z._default(z.nullable(httpsAddress), null),
      /** Where each opt-out goes, signed alike. docs/operations.md has its shape. */
      optOuts: z._default(z.nullable(httpsAddress), null),
    }),
    {},
  ),
  signUps: z.prefault(
    z.strictObject({
      /**
       * Who signs up for SMS must be so old: one figure, or by country with `else` for the others. It must be Klaviyo's own
       * setting or higher. null: no age is asked for. @default null
       */
      minimumAge: z._default(z.nullable(z.union([age, z.record(countryOrElse, age)])), null),
      /** Who checks Turnstile's tokens, where the secret TURNSTILE_SECRET is set. @default Cloudflare */
      turnstileUrl: z._default(z.url(), 'https://challenges.cloudflare.com/turnstile/v0/siteverify'),
    }),
    {},
  ),
  rules: z._default(z.array(RuleSchema), []),
  retentionDays: z.prefault(
    z.strictObject({ deadLetters: z._default(days, 30), identities: z._default(days, 400) }),
    {},
  ),
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
