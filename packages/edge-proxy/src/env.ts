import type { Dispatcher } from './deliver/Dispatcher.ts';
import type { IngestMessage } from './ingest/acceptedEvent.ts';

/** The Worker's bindings, variables and secrets. */
export interface Env {
  DB: D1Database;
  INGEST: Queue<IngestMessage>;
  /** `INGEST_2` and so on, as many as `ingest.queues` says. */
  [queue: `INGEST_${number}`]: Queue<IngestMessage> | undefined;
  DLQ: Queue<IngestMessage>;
  DISPATCHER: DurableObjectNamespace<Dispatcher>;
  /** Requests of one visitor, or of one link. */
  LIMITER: RateLimit;
  /** Sign-ups of one address, and by one source. */
  ADDRESS_LIMITER: RateLimit;
  SOURCE_LIMITER: RateLimit;
  SLUICE_CONFIG: string;
  /** JSON: source id → its secret keys, so that one can be rotated: `{ "backend": ["sk_…"] }`. */
  SECRET_KEYS: string;
  /** JSON: operator's name → tokens. */
  OPERATOR_TOKENS: string;
  /** JSON: `{ "current": "1", "keys": { "1": "<at least 32 characters>" } }`. */
  LEDGER_KEYS: string;
  KLAVIYO_API_KEY: string;
  /** Klaviyo signs its webhooks with it; without one none are taken. */
  KLAVIYO_WEBHOOK_SECRET?: string;
  /** The same for accounts besides `main`. */
  [secret: `KLAVIYO_WEBHOOK_SECRET_${string}`]: string | undefined;
  /** Signs alerts and opt-outs; needed where an address of `webhooks` is set. */
  WEBHOOK_SECRET?: string;
  /** Where it is set, sign-ups by pages need Turnstile's token. */
  TURNSTILE_SECRET?: string;
  /** `KLAVIYO_API_KEY_<ACCOUNT>` for accounts besides `main`. */
  [secret: `KLAVIYO_API_KEY_${string}`]: string | undefined;
}
