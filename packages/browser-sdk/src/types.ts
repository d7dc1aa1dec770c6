import type { AnyEvents, EventName, EventProperties } from '@sluice/shared/event-properties';

/** Options of `createSluice`. Only `writeKey` and `endpoint` are needed. */
export interface SluiceOptions {
  /** The public write key of the source, for example `wk_demo`. It is no secret. */
  writeKey: string;
  /** Origin of the proxy, for example `https://events.example.com`. */
  endpoint: string;
  /**
   * What happens while the visitor has decided nothing. `opt-in`: messages are held in memory, nothing is stored or
   * sent. `opt-out`: messages are stored and sent until the visitor refuses. `settings`: the proxy says which, by where
   * the visitor is; until it has answered, and if it does not, `opt-in`.
   * @default 'opt-in'
   */
  consentMode?: 'opt-in' | 'opt-out' | 'settings';
  /**
   * Consent categories that tracking needs, all of them. An empty list asks for none.
   * @default ['marketing']
   */
  requiredCategories?: string[];
  /**
   * Whether messages, anonymous id and session of an undecided visitor are kept in storage too, so that they survive
   * the page. Ask a lawyer first.
   * @default false
   */
  holdInStorage?: boolean;
  /**
   * Records page views by itself: the page that was loaded, each that a single-page shop shows, and one that came back
   * by the back button. With `hash`, what follows `#` is part of the address.
   * @default undefined, which leaves page views to `page()`
   */
  pageViews?: 'auto' | 'hash';
  /**
   * Whether klaviyo.js on the same page tells Klaviyo of Active on Site and Viewed Product; then the SDK does not.
   * @default whether such a script tag is found
   */
  besideKlaviyo?: boolean;
  /**
   * Messages after which a flush starts at once.
   * @default 20
   */
  flushAt?: number;
  /**
   * Milliseconds a message waits at most for others before a flush starts.
   * @default 2000
   */
  flushIntervalMs?: number;
  /**
   * UTF-8 bytes of a request body at most, before compression. Only a single message larger than this makes a larger
   * body. Keep it under 65,536, the browser's budget for requests that outlive the page.
   * @default 49152
   */
  maxBatchBytes?: number;
  /**
   * Writes what becomes of messages to the console.
   * @default false
   */
  debug?: boolean;
}

/** A message that the proxy has accepted. */
export interface Delivered {
  messageId: string;
  /** Name of the event or page, where it has one. */
  event?: string | undefined;
}

/**
 * A message that will not be delivered, and why; or, with `property`, one that goes without that property. After a
 * refusal of consent that can include a message whose request was already under way.
 */
export interface Dropped {
  /**
   * The code the proxy answered with (for example `event_invalid`, `event_too_large`, or `http_404` where it named
   * none), or one of the page's own: `consent_denied`, `event_unserialisable`, `event_too_large`, `klaviyo_present`,
   * `property_lost`, `queue_full`, `storage_corrupt`.
   */
  reason: string;
  messageId: string;
  /** Name of the event or page, where it has one and it is still known. */
  event?: string | undefined;
  /** With `property_lost`: what JSON could not hold. */
  property?: string | undefined;
}

/** What `on` tells of. */
export interface SluiceEvents {
  delivered: Delivered;
  dropped: Dropped;
}

/** What is known about a person. `email` and `phone` identify; any other JSON value may stand beside them. */
export interface Traits {
  email?: string;
  phone?: string;
  [trait: string]: unknown;
}

/** Whether the visitor allows tracking, from the category preferences and Global Privacy Control. */
export type ConsentState = 'granted' | 'denied' | 'unknown';

/** A sign-up for marketing messages. At least one of `email` and `phone` is needed. */
export interface SubscribeRequest {
  email?: string;
  /** In E.164 form, for example `+15005550006`. */
  phone?: string;
  /** Channels agreed to. Left out, the proxy decides by the addresses given. */
  channels?: ('email' | 'sms')[];
  /** Klaviyo list ids. Left out, the proxy uses the source's own list. */
  lists?: string[];
  /** Profile fields such as `firstName`; which ones are accepted is the proxy's setting. */
  profile?: Record<string, unknown>;
  /** What the visitor agreed to, kept as evidence. */
  evidence?: { formText?: string; formVersion?: string };
  /** `YYYY-MM-DD`, for SMS where the shop asks for an age. */
  dateOfBirth?: string;
  /** What Turnstile's widget gave, where the proxy asks for it. */
  turnstileToken?: string;
  /** What stood in a field of the form that people do not see. */
  honeypot?: string;
}

/** `accepted`: the proxy has stored the request. It is not yet a confirmed subscription. */
export type SubscribeResult = { ok: true; status: 'accepted' } | { ok: false; code: string; message: string };

/** Who is to hear no more. At least one of `email` and `phone` is needed. */
export type UnsubscribeRequest = Pick<SubscribeRequest, 'email' | 'phone' | 'channels' | 'lists'>;

/**
 * What analytics.js takes after a call's own arguments. Options are ignored; the callback is called once the message is
 * stored, which is when the page may be left.
 */
type Rest = [options?: object, callback?: () => void];

/**
 * One visitor's tracking on this page, with the calls of analytics.js. No method throws. `Events`: what the properties
 * of the shop's own events say, by event name; then no other name compiles, but those of the e-commerce events.
 */
export interface Sluice<Events extends object = AnyEvents> {
  /** Records a page view. The first one of a session (30 minutes idle) also marks its start. */
  page(name?: string, properties?: object, ...rest: Rest): void;
  page(category: string, name: string, properties?: object, ...rest: Rest): void;
  /**
   * Records an event.
   * @example sluice.track('Product Added', { product_id: 'sku-1', price: 19.9, quantity: 1 })
   */
  track<Name extends EventName<Events>>(event: Name, ...properties: [...EventProperties<Events, Name>, ...Rest]): void;
  /**
   * Names the visitor. Traits are merged with those known, and replaced when the user id changes; messages recorded
   * from here on carry both.
   * @example sluice.identify('user-7', { email: 'ada@example.com' })
   */
  identify(traits: Traits, ...rest: Rest): void;
  identify(userId: string | null | undefined, traits?: Traits, ...rest: Rest): void;
  /** Says that two ids are one person's. */
  alias(userId: string, previousId?: string, ...rest: Rest): void;
  /** Says which company or group the visitor belongs to. */
  group(groupId: string, traits?: object, ...rest: Rest): void;
  /**
   * Signs an address up. It is its own permission, so it is sent in every consent state. Without a network it is
   * stored and retried, and the promise waits. Resolves once, with the final answer; never rejects.
   */
  subscribe(request: SubscribeRequest): Promise<SubscribeResult>;
  /** Signs an address off, likewise in every consent state. */
  unsubscribe(request: UnsubscribeRequest): Promise<SubscribeResult>;
  /**
   * Stores what the visitor decided, merged with earlier decisions, and acts on it at once: granted sends what was
   * held, denied deletes it together with the anonymous id and the session.
   * @example sluice.consent({ marketing: true })
   */
  consent(categoryPreferences: Record<string, boolean>): void;
  /** The consent state now. It is `denied` whatever was decided while Global Privacy Control is on. */
  consentState(): ConsentState;
  /** Forgets user id, traits and session, and draws a new anonymous id. Call it on log-out. */
  reset(): void;
  /** Sends what is waiting. Resolves when everything was answered or has to wait for a retry; never rejects. */
  flush(): Promise<void>;
  /** The anonymous id, or `null` while tracking is not permitted. */
  anonymousId(): string | null;
  /**
   * Calls back for every message that was delivered, or dropped, once each. What the listener throws is ignored.
   * @example sluice.on('dropped', ({ reason, event }) => report(reason, event))
   */
  on<Name extends keyof SluiceEvents>(name: Name, listener: (detail: SluiceEvents[Name]) => void): void;
  /** Resolves when the policy is known and earlier messages were taken up; calls back then too. */
  ready(callback?: () => void): Promise<void>;
}
