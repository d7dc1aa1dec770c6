import type { AnyEvents, EventName, EventProperties } from '@sluice/shared/event-properties';

/** Options of `createSluice`, in every runtime. Only `secretKey` and `endpoint` are needed. */
export interface SluiceOptions {
  /** The secret key of a server source, for example `sk_demo`. It never appears in an error or event. */
  secretKey: string;
  /** Origin of the proxy, for example `https://events.example.com`. */
  endpoint: string;
  /**
   * Messages after which a request starts at once. It then takes all that wait, up to 1,000.
   * @default 100
   */
  flushAt?: number;
  /**
   * Milliseconds a message waits at most for others before a request starts.
   * @default 1000
   */
  flushIntervalMs?: number;
  /**
   * UTF-8 bytes of a batch at most, before compression. The proxy takes 500 KiB.
   * @default 491520
   */
  maxBatchBytes?: number;
  /**
   * Messages that wait in memory at most; further ones are dropped as `queue_full`.
   * @default 100000
   */
  maxQueueEvents?: number;
  /**
   * UTF-8 bytes of messages that wait in memory at most; further ones are dropped as `queue_full`.
   * @default 134217728
   */
  maxQueueBytes?: number;
  /**
   * Milliseconds after which a request without an answer counts as failed.
   * @default 15000
   */
  requestTimeoutMs?: number;
  /**
   * Compresses bodies of 1 KiB and more.
   * @default true
   */
  gzip?: boolean;
  /**
   * Makes the requests: a proxied or instrumented `fetch`. It must heed `signal`, by which a request times out.
   * @default the runtime's own
   */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** Options of the core, which needs nothing of Node. */
export interface CoreOptions extends SluiceOptions {
  /**
   * Keeps messages beyond memory.
   * @default nothing is kept
   */
  store?: Store;
}

/** Options under Node. */
export interface NodeOptions extends SluiceOptions {
  /** A folder, or a folder with settings, in which messages survive the process. Left out, they live in memory alone. */
  spool?: string | SpoolOptions;
  /**
   * Flushes on SIGTERM, SIGINT and when nothing else is left to do. A process whose only listener of the signal this
   * is then ends by that signal; where the application listens itself, it decides, and may go on to track.
   * @default true
   */
  handleExit?: boolean;
  /**
   * Milliseconds that such a flush takes at most.
   * @default 5000
   */
  exitTimeoutMs?: number;
}

export interface SpoolOptions {
  /** The folder; created where it is missing. Several processes of one source may share it. It holds personal data. */
  dir: string;
  /**
   * Bytes that one process keeps there at most. What comes beyond is in memory alone, and an `error` event says so.
   * @default 268435456
   */
  maxBytes?: number;
  /**
   * When written messages are forced to the disk. Whatever it is, they survive the process; this is about the machine
   * losing power. `never` leaves it to the system, `interval` does it each second, `always` before `track` returns.
   * @default 'never'
   */
  fsync?: 'never' | 'interval' | 'always';
}

/** What an entry of the store is: a message of a batch, or one of the decisions about a person. */
export type Kind = 'message' | 'subscribe' | 'unsubscribe' | 'consent';

/** A place in which entries survive, for runtimes that have another one than files. No method may throw. */
export interface Store {
  /** Keeps an entry and returns its number, or -1 where it could not. */
  append(kind: Kind, text: string): number;
  /** These entries were answered and need not be kept any longer. */
  settle(numbers: readonly number[]): void;
  /** Looks again, from the next `adopt` on, for what processes left that ended meanwhile. */
  search(): void;
  /** Entries left by processes that ended, about as many bytes as there is room for. Empty when there are no more. */
  adopt(roomBytes: number): StoredEntry[];
  /** Gives back what is still open to whoever comes next. */
  close(): void;
  /** Where the store reports what went wrong. Set by `createSluice`. */
  onProblem?: (problem: Problem) => void;
}

export interface StoredEntry {
  number: number;
  kind: Kind;
  text: string;
}

/** Something that a person should look at. It holds no key and no personal data. */
export interface Problem {
  /**
   * `request_failed`, `circuit_opened`, `spool_failed`, `spool_full`, `spool_damaged`, `spool_foreign`, `spool_taken`,
   * `lost_at_exit`.
   */
  code: string;
  message: string;
}

/** A message that will not be delivered, and why. */
export interface Dropped {
  /**
   * The code the proxy answered with (for example `event_invalid`, `consent_denied`, `event_too_large`, or `http_413`
   * where it named none), or one of our own: `event_invalid`, `event_unserialisable`, `event_too_large`, `queue_full`,
   * `closed`.
   */
  reason: string;
  messageId: string;
  /** Where in the message the proxy found the fault. */
  path?: string;
  /** Name of the event or page, where it has one. */
  event?: string;
}

export interface SluiceEvents {
  delivered: { messageId: string };
  dropped: Dropped;
  error: Problem;
}

/**
 * What became of a message: delivered, or not and why. `reason` is one of those of `Dropped`, or `spooled`, which is no
 * loss: `close` left the message to the next process. `message` is what the proxy said of it.
 */
export type TrackResult =
  | { ok: true; messageId: string }
  | { ok: false; messageId: string; reason: string; path?: string; message?: string };

/** `accepted`: the proxy has stored the decision. Else `code` is as `reason` of `TrackResult`. */
export type DecisionResult = { ok: true; status: 'accepted' } | { ok: false; code: string; message: string };

/** `ok`: everything that waited when the flush began was answered. Else so many still wait, and why. */
export type FlushResult = { ok: true } | { ok: false; waiting: number; reason: 'timeout' | 'circuit_open' };

/** What is known about a person. `email` and `phone` identify; any other JSON value may stand beside them. */
export interface Traits {
  email?: string;
  phone?: string;
  [trait: string]: unknown;
}

/** Whose message it is, from where, and when. At least one of `userId`, `anonymousId`, `email` and `phone` is needed. */
export interface MessageOptions {
  userId?: string;
  /** The visitor's id from the browser SDK, so that both report one person. */
  anonymousId?: string;
  email?: string;
  /** In E.164 form, for example `+15005550006`. */
  phone?: string;
  /**
   * Where the buyer lives, ISO 3166-1 alpha-2, for example `DE`: its rules of consent hold. Left out, the address
   * counts, and without one the strictest rules do. The country of your server says nothing.
   */
  country?: string;
  /** The buyer's address. */
  address?: { country?: string; city?: string; region?: string; street?: string; postal_code?: string };
  /** What the buyer chose in your consent banner, category by category. */
  consent?: Record<string, boolean>;
  /**
   * When it happened.
   * @default now
   */
  timestamp?: Date | string;
  /**
   * Id of the message, 1 to 255 characters: the same id twice is the same event. Give one where you retry yourself, as
   * an outbox does.
   * @default a new UUID
   */
  messageId?: string;
  /** More of Segment's `context`, for example `{ ip, userAgent }`. */
  context?: Record<string, unknown>;
}

/** Whose decision it is. At least one of `email` and `phone` is needed. */
interface Addresses {
  email?: string;
  /** In E.164 form, for example `+15005550006`. */
  phone?: string;
}

interface Decision extends Addresses {
  /** Channels it is about. Left out, the proxy decides by the addresses given. */
  channels?: ('email' | 'sms')[];
  /** Klaviyo list ids. Left out, the proxy uses the source's own list. */
  lists?: string[];
  /**
   * When the person decided.
   * @default now
   */
  timestamp?: Date | string;
  /** Id of the decision: the same id twice is the same decision. */
  messageId?: string;
}

/** A sign-up for marketing messages. */
export interface SubscribeRequest extends Decision {
  anonymousId?: string;
  /** Profile fields such as `firstName`; which ones are accepted is the proxy's setting. */
  profile?: Record<string, unknown>;
  /** What the person agreed to, kept as evidence. */
  evidence?: { page?: string; formText?: string; formVersion?: string };
  /** `YYYY-MM-DD`, for SMS where the proxy asks for an age. */
  dateOfBirth?: string;
}

/** The end of marketing messages. */
export interface UnsubscribeRequest extends Decision {
  /** Takes the person off the lists too. */
  removeFromLists?: boolean;
}

/** What a person chose about tracking. */
export interface ConsentRequest extends Addresses {
  userId?: string;
  anonymousId?: string;
  /** For example `{ marketing: false }`. */
  categoryPreferences: Record<string, boolean>;
  timestamp?: Date | string;
  messageId?: string;
}

/**
 * Sends a back end's messages. No method throws, no promise of it rejects; a message's is made when somebody asks, so it
 * is awaited like any other, and `instanceof Promise` does not know it. `Events`: what the properties of the shop's
 * own events say, by event name; then no other name compiles, but those of the e-commerce events.
 */
export interface Sluice<Events extends object = AnyEvents> {
  /**
   * Records an event. The promise tells what became of it, and may be ignored.
   * @example sluice.track('Order Completed', { order_id: '1001', total: 19.9 }, { userId: 'user-7', country: 'DE' })
   */
  track<Name extends EventName<Events>>(
    event: Name,
    properties: EventProperties<Events, Name>[0],
    options: MessageOptions,
  ): Promise<TrackResult>;
  /** Records a page view that the back end served. */
  page(name: string | undefined, properties: object | undefined, options: MessageOptions): Promise<TrackResult>;
  /**
   * Says what is known about a person.
   * @example sluice.identify('user-7', { email: 'ada@example.com' })
   */
  identify(userId: string, traits?: Traits, options?: MessageOptions): Promise<TrackResult>;
  identify(traits: Traits, options?: MessageOptions): Promise<TrackResult>;
  /** Signs an address up. It does not wait behind events; resolves once, with the final answer. */
  subscribe(request: SubscribeRequest): Promise<DecisionResult>;
  /** Ends marketing messages to an address. It does not wait behind events; resolves once, with the final answer. */
  unsubscribe(request: UnsubscribeRequest): Promise<DecisionResult>;
  /** Reports what a person chose about tracking. It does not wait behind events; resolves once, with the final answer. */
  consent(request: ConsentRequest): Promise<DecisionResult>;
  /**
   * Sends all that waits, retries included, for at most `timeoutMs` (10,000 unless given). It keeps the process alive
   * meanwhile. It does not wait for an open circuit, nor for a Retry-After that ends later than it would.
   */
  flush(options?: { timeoutMs?: number }): Promise<FlushResult>;
  /**
   * Flushes and ends, for at most `timeoutMs` (10,000 unless given), and waits for an open circuit too. What comes until
   * it has ended is taken, later messages are dropped as `closed`; what could not be sent stays in the spool. Further
   * calls get the result of the first.
   */
  close(options?: { timeoutMs?: number }): Promise<FlushResult>;
  [Symbol.asyncDispose](): Promise<void>;
  /**
   * Calls the listener for each `delivered` or `dropped` message and each `error`, until the returned function is
   * called. What a listener throws is ignored. Dropped messages and errors that nobody listens to are written to the
   * console, one of a kind.
   */
  on<Name extends keyof SluiceEvents>(name: Name, listener: (event: SluiceEvents[Name]) => void): () => void;
  /** Messages and decisions that wait for their answer. */
  readonly waiting: number;
}
