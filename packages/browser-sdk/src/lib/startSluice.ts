import {
  DEFAULT_FLUSH_AT,
  DEFAULT_FLUSH_INTERVAL_MS,
  DEFAULT_MAX_BATCH_BYTES,
  ENVELOPE_BYTES,
  ID_LENGTH,
  KEEPALIVE_BUDGET_BYTES,
  LEASE_MS,
  MAX_HELD,
  MAX_MESSAGE_BYTES,
  MAX_RETRY_AFTER_MS,
  MAX_STORED,
  MESSAGE_ID_LENGTH,
  REQUEST_TIMEOUT_MS,
} from '../limits.ts';
import type { ConsentState, Sluice, SluiceEvents, SluiceOptions, SubscribeRequest, SubscribeResult } from '../types.ts';
import { countBytes } from './countBytes.ts';
import { createId } from './createId.ts';
import { guard } from './guard.ts';
import { pack } from './pack.ts';
import { parseObject } from './parseObject.ts';
import { isRetryable, pickRetryDelay, readRetryAfter } from './pickRetryDelay.ts';
import { readCookie } from './readCookie.ts';
import { toPlain } from './toPlain.ts';
import { touchVisitor, type Visitor } from './touchVisitor.ts';

declare const __VERSION__: string;

/** One key for all write keys: the visitor decides for the shop, not for a source. */
const CONSENT_KEY = 'sluice.consent';

type MessageType = 'page' | 'track' | 'identify' | 'alias' | 'group';
/** What is sent of a message, as far as this file reads it. */
type Message = { messageId: string; event?: string | undefined; name?: string | undefined; context?: object };
type Answer = { rejected?: { index: number; code: string }[]; error?: { code: string; message?: string } };

/**
 * Everything for one write key: calls → messages → stored queue → requests, under the consent of the moment.
 *
 * One closure, because its names are what the minifier shortens best; what needs none of its state is a file beside it.
 * Entries of the queue have a key each, so that a damaged one costs itself only: `sluice.<write key>.`, `t.` for
 * tracking or `s.` for sign-ups, page load, `-`, birth. Their lines: what messages share (for a sign-up its route),
 * the message, and when it left with its page. A page sends its own entries; a later one adopts what it left behind.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: see above.
export function startSluice(options: SluiceOptions): Sluice {
  const { writeKey, pageViews, maxBatchBytes = DEFAULT_MAX_BATCH_BYTES } = options;
  const endpoint = options.endpoint.replace(/\/?$/, '/v1/');
  const cookieName = `sluice.${writeKey}`;
  const prefix = `${cookieName}.`;
  const visitorKey = `${prefix}t`;
  const pauseKey = `${prefix}r`;
  const owner = createId();
  /** What may not be stored, or could not. */
  const memory: Record<string, string> = {};
  /** Keys of the entries that this page looks after, and which of them a request carries. */
  const queue = new Set<string>();
  const flying = new Set<string>();
  let releases: (() => void)[] = [];
  const asking: Record<string, (result: SubscribeResult) => void> = {};
  const listeners: Record<string, ((detail: never) => void)[]> = { delivered: [], dropped: [] };
  let isOpen: unknown;
  let isHolding: unknown;
  let isGone: unknown;
  let permission: ConsentState | undefined;
  let timer: unknown;
  let adopting: unknown;
  let draining: Promise<void> | undefined;
  let birthMs = 0;
  let attempt = 0;
  let retryAtMs = 0;
  let inFlightBytes = 0;
  let newBytes = 0;
  /** Counts what makes a request stale that is being prepared: the page is left, or consent withdrawn. */
  let turn = 0;
  let { referrer } = document;
  let lastUrl: string | undefined;
  let lastPage: string | undefined;
  let seenUrl: string | undefined;

  const emit = <Name extends keyof SluiceEvents>(name: Name, detail: SluiceEvents[Name]) => {
    if (options.debug) console.warn('[sluice]', name, detail);
    for (const listener of listeners[name] as ((detail: SluiceEvents[Name]) => void)[]) guard(() => listener(detail));
  };

  // ── Storage. Merely naming localStorage throws in sandboxed frames and with cookies blocked; setItem throws on a
  // full quota; some Android web views have null instead. So every touch of it is guarded.

  /** Tracking's keys are not touched, not even read, before consent. */
  const may = (key: string) => isOpen || !key.startsWith(visitorKey);
  const get = (key: string) => memory[key] ?? (may(key) ? guard(() => localStorage.getItem(key)) : null);
  /** Returns whether the text is where it belongs. */
  const set = (key: string, text: string) => {
    memory[key] = text;
    return !may(key) || guard(() => localStorage.setItem(key, text) ?? delete memory[key]);
  };
  const remove = (key: string) => {
    queue.delete(key);
    flying.delete(key);
    delete memory[key];
    guard(() => localStorage.removeItem(key));
  };
  const keysOf = (start: string) =>
    Object.keys({ ...memory, ...guard(() => localStorage) })
      .filter((key) => key.startsWith(start))
      .sort();

  /** What the proxy keeps for us longer than Safari keeps storage: id and domain. Why and when: docs/decisions/0007. */
  const readKept = () => `${readCookie(cookieName) ?? ''}`.split('~');
  const forgetKept = () =>
    guard(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http.
      document.cookie = `${cookieName}=; Path=/; Max-Age=0; Domain=${readKept()[1]}`;
    });

  // ── The queue.

  const idOf = (key: string) => key.slice(-MESSAGE_ID_LENGTH);
  const ownerOf = (key: string) => idOf(key).slice(0, ID_LENGTH);
  // The absolute difference: a clock set back must not keep an entry for ever.
  const isRecent = (ms: number) => Math.abs(Date.now() - ms) < LEASE_MS;
  const nameEntry = (kind: 's' | 't') => {
    birthMs = Math.max(birthMs + 1, Date.now());
    return `${prefix + kind}.${owner}-${birthMs.toString(36)}`;
  };
  const drop = (key: string, reason: string) => {
    remove(key);
    if (key !== visitorKey) emit('dropped', { reason, messageId: idOf(key) });
  };
  /** Leaves entries alone for a while: they were sent, and nobody hears what became of them. */
  const lend = (keys: string[]) => {
    for (const key of keys) flying.add(key);
    setTimeout(() => {
      for (const key of keys) flying.delete(key);
      drain();
    }, LEASE_MS);
  };
  /**
   * Holds the lock that says whose entries these are until they are sent; the browser releases it when a page is gone,
   * however. Web Locks are missing on plain http and refused in Shopify's sandbox: then `onHeld` hears that.
   */
  const hold = async (name: string, onHeld?: (isUnsure?: boolean) => void) => {
    try {
      await navigator.locks.request(prefix + name, { ifAvailable: true }, (lock) => {
        // A page that is just going may hold its own still, and nothing would tell when it is gone.
        if (!lock) {
          if (onHeld) adopting ??= setTimeout(adopt, LEASE_MS);
        }
        // Asked for before the page went, and granted only now.
        else if (!isGone)
          return new Promise<void>((resolve) => {
            releases.push(resolve);
            onHeld?.();
          });
      });
    } catch {
      onHeld?.(true);
    }
  };
  /** With a lock held, Chromium neither keeps a page for the back button nor freezes its tab. */
  const release = () => {
    isHolding = false;
    for (const resolve of releases) resolve();
    releases = [];
  };
  const enqueue = (key: string, head: string, body: string, max: number) => {
    // Asked for before the entry is there, so that no other tab takes it for an orphan.
    if (!isHolding) hold(owner);
    isHolding = true;
    queue.add(key);
    while (queue.size > (set(key, `${head}\n${body}`) ? max : MAX_HELD)) {
      // Page views go first: they are the many, and orders are the ones that hurt.
      const keys = [...queue];
      drop(keys.find((it) => get(it)?.includes('\n{"type":"p')) ?? (keys[0] as string), 'queue_full');
    }
  };
  const adopt = () => {
    adopting = clearTimeout(adopting as number);
    const keys = keysOf(prefix).filter((key) => key[prefix.length + 1] === '.' && may(key));
    for (const name of new Set(keys.map(ownerOf)))
      hold(name, (isUnsure) => {
        for (const key of keys) {
          if (ownerOf(key) !== name || queue.has(key)) continue;
          if (isUnsure && isRecent(parseInt(key.slice(ID_LENGTH - MESSAGE_ID_LENGTH + 1), 36))) continue;
          queue.add(key);
          if (isRecent(+(get(key)?.split('\n')[2] as string))) lend([key]);
        }
        drain();
      });
  };

  // ── Consent, read afresh each time: another tab may have changed it.

  const preferences = () => parseObject(get(CONSENT_KEY));
  // https://www.w3.org/TR/gpc/: sent by some browsers and extensions, absent in others.
  const gpc = () => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  /** All required categories count, not any; a refusal wins. */
  const consentState = (): ConsentState => {
    const choices = (options.requiredCategories ?? ['marketing']).map((category) => preferences()[category]);
    if (gpc() || choices.includes(false)) return 'denied';
    return choices.every((choice) => choice === true) ? 'granted' : 'unknown';
  };
  /** Follows the decision, and returns what it means: granted is sent, unknown held, denied refused. */
  const sync = () => {
    let now = consentState();
    if (now === 'unknown' && options.consentMode === 'opt-out') now = 'granted';
    if (now !== permission) {
      permission = now;
      isOpen = now === 'granted' || options.holdInStorage;
      if (now === 'denied') {
        turn++;
        for (const key of keysOf(visitorKey)) drop(key, 'consent_denied');
      } else if (isOpen) for (const key in memory) set(key, memory[key] as string);
      // An answer that was on its way during a `reset` or a refusal brings the old one back.
      if (now !== 'unknown' && readKept()[0] !== (now === 'granted' && readVisitor().head.anonymousId)) forgetKept();
    }
    return now;
  };
  const describeConsent = () => ({ categoryPreferences: preferences(), gpc: gpc() });

  // ── Sending.

  /** Milliseconds until the next request is allowed; 0 means now. */
  const pause = () => {
    if (!navigator.onLine) return LEASE_MS;
    const askedMs = +(get(pauseKey) as string) - Date.now() || 0;
    // More than was ever written there means damage, or a clock that was set back.
    return Math.max(retryAtMs - Date.now(), askedMs > MAX_RETRY_AFTER_MS ? 0 : askedMs, 0);
  };
  /** Sends the next batch: entries that share their head, in order, within the size; or one sign-up. */
  const sendNext = (isLeaving?: boolean): Promise<void> | undefined => {
    const keys: string[] = [];
    const messages: Message[] = [];
    const isGranted = sync() === 'granted';
    const maxBytes = isLeaving ? Math.min(maxBatchBytes, KEEPALIVE_BUDGET_BYTES - inFlightBytes) : maxBatchBytes;
    let shared = '';
    let bytes = 0;
    for (const key of queue) {
      const isEvent = key[prefix.length] === 't';
      if (flying.has(key) || (isEvent && !isGranted)) continue;
      const text = get(key);
      // Without a text it is gone: sent or deleted by another tab.
      if (!text) queue.delete(key);
      else
        try {
          const [head = '', body = ''] = text.split('\n');
          const message = JSON.parse(body);
          bytes += countBytes(body) + 1;
          if (!keys[0]) bytes += ENVELOPE_BYTES + countBytes(head);
          if (keys[0] ? head !== shared || !isEvent || bytes > maxBytes : isLeaving && bytes > maxBytes) break;
          shared = head;
          keys.push(key);
          messages.push(message);
        } catch {
          drop(key, 'storage_corrupt');
        }
    }
    return keys[0] ? send(keys, messages, shared, isLeaving) : undefined;
  };
  const send = async (keys: string[], messages: Message[], head: string, isLeaving?: boolean): Promise<void> => {
    const myTurn = turn;
    const shared = guard(() => JSON.parse(head));
    const text = JSON.stringify({
      writeKey,
      sentAt: new Date(),
      ...(shared
        ? {
            ...shared,
            context: {
              library: { name: '@sluice/browser', version: __VERSION__ },
              locale: navigator.language,
              ...shared.context,
              consent: describeConsent(),
            },
            batch: messages,
          }
        : messages[0]),
    });
    const body = isLeaving ? text : await pack(text);
    if (myTurn !== turn) return;
    for (const key of keys) flying.add(key);
    const url = `${endpoint}${shared ? 'batch' : head}`;
    // Firefox before 133 has no keepalive. A beacon brings no answer.
    if (isLeaving && !('keepalive' in Request.prototype)) {
      navigator.sendBeacon(url, text);
      return lend(keys);
    }
    const bytes = (body as ArrayBuffer).byteLength ?? countBytes(text);
    let status = 0;
    let askedMs = 0;
    let answer: Answer = {};
    inFlightBytes += bytes;
    try {
      const response = await fetch(url, {
        method: 'POST',
        // Neither a text nor bytes have a type that needs a preflight.
        body,
        keepalive: inFlightBytes <= KEEPALIVE_BUDGET_BYTES,
        // With the id that is gone since a `reset`, the answer would set the cookie to that.
        credentials: shared?.anonymousId === readVisitor().head.anonymousId ? 'include' : 'omit',
        signal: AbortSignal.timeout?.(REQUEST_TIMEOUT_MS),
      });
      status = response.status;
      askedMs = readRetryAfter(response.headers.get('retry-after'), Date.now());
      answer = await response.json();
    } catch {
      // No answer, and the status is 0; or none in JSON, and the status says enough.
    }
    inFlightBytes -= bytes;
    // A page that is torn down sees its requests fail, though they go on.
    if (!status && myTurn !== turn) return lend(keys);
    if (isRetryable(status, !shared)) {
      for (const key of keys) flying.delete(key);
      retryAtMs = Date.now() + (askedMs || pickRetryDelay(attempt++, Math.random()));
      // Stored, for the other tabs and the next page load.
      if (askedMs) set(pauseKey, `${retryAtMs}`);
    } else {
      attempt = retryAtMs = 0;
      const { rejected, error } = answer;
      const isGood = status < 300;
      messages.forEach(({ messageId, event, name }, at) => {
        const key = keys[at] as string;
        const reason = (isGood ? rejected?.find(({ index }) => index === at) : (error ?? { code: `http_${status}` }))
          ?.code;
        remove(key);
        asking[key]?.(
          reason ? { ok: false, code: reason, message: error?.message ?? '' } : { ok: true, status: 'accepted' },
        );
        emit(reason ? 'dropped' : 'delivered', { reason, messageId, event: event ?? name } as never);
      });
      // A good answer says that what left with a page a moment ago has arrived too.
      if (isGood) for (const key of flying) if (get(key)?.split('\n')[2]) remove(key);
    }
    if (isLeaving) drain();
  };
  const drain = (): Promise<void> => {
    timer = clearTimeout(timer as number);
    draining ??= (async () => {
      // What is recorded in the same breath goes along.
      await 0;
      let waitMs = pause();
      for (let sent = !waitMs && sendNext(); sent; sent = !waitMs && sendNext()) {
        await sent;
        waitMs = pause();
      }
      draining = undefined;
      if (!queue.size) release();
      // Not asked anew: a short pause may be over by now, and nothing would wake what it stopped.
      else if (waitMs) timer ??= setTimeout(drain, waitMs);
    })();
    return draining;
  };
  /** Sends everything in this very task, with requests that outlive the page. What does not fit stays stored. */
  const leave = () => {
    turn++;
    while (!pause() && sendNext(true));
  };
  const resume = () => {
    attempt = retryAtMs = 0;
    sync();
    adopt();
    drain();
  };

  // ── Recording.

  const readUrl = () => (pageViews === 'hash' ? location.href : (location.href.split('#')[0] as string));
  /** klaviyo.js tells Klaviyo of Active on Site and of Viewed Product itself. */
  const hasKlaviyo = () => options.besideKlaviyo ?? document.querySelector('script[src*="/klaviyo.js"]');
  const readVisitor = (): Visitor => {
    const visitor = parseObject(get(visitorKey));
    visitor.head ??= { anonymousId: readKept()[0] || createId(), context: {} };
    return visitor as unknown as Visitor;
  };
  const saveVisitor = (visitor: Visitor) => {
    const text = JSON.stringify(visitor);
    if (text !== get(visitorKey)) set(visitorKey, text);
    return visitor.head;
  };
  const anonymousId = () => (sync() === 'granted' ? saveVisitor(readVisitor()).anonymousId : null);
  /** Stores a message, or returns why not. */
  const add = (type: MessageType, key: string, [a, b]: string[], data: object) => {
    const isPage = type === 'page';
    const isGranted = sync() === 'granted';
    const message: Message & { timestamp: Date } = {
      // The queue knows page views by this being first.
      ...{ type },
      messageId: idOf(key),
      timestamp: new Date(),
      ...{
        page: { category: b && a, name: b ?? a },
        track: { event: a },
        group: { groupId: a },
        alias: { userId: a, previousId: b },
        identify: {},
      }[type],
      [isPage || type === 'track' ? 'properties' : 'traits']: data,
    };
    if (permission === 'denied') return 'consent_denied';
    if (a === 'Product Viewed' && hasKlaviyo()) return 'klaviyo_present';
    // The browser keeps the first referrer; in a single-page shop the page before this one is the right one.
    if (lastUrl && lastUrl !== readUrl()) referrer = lastUrl;
    lastUrl = readUrl();
    const { href: url, pathname: path } = location;
    if (isPage) {
      // React's StrictMode runs an effect twice in one task.
      const page = `${[url, a, b]}`;
      if (page === lastPage) return;
      lastPage = page;
      setTimeout(() => (lastPage = ''));
    }
    const visitor = readVisitor();
    const { head } = visitor;
    const { context } = head;
    touchVisitor(visitor, { url, path, title: document.title, referrer }, location.search);
    if (isPage && visitor.pagedId !== context.sessionId) {
      visitor.pagedId = context.sessionId;
      if (!hasKlaviyo()) message.context = { sessionStart: true };
    }
    if (type === 'identify') {
      // Another user id means another person: that one's traits are not kept.
      const { userId = a } = head;
      context.traits = { ...((a ?? userId) === userId && context.traits), ...data };
      head.userId = a || userId;
    }
    const body = JSON.stringify(message);
    const size = countBytes(body);
    if (size > MAX_MESSAGE_BYTES) return 'event_too_large';
    enqueue(key, JSON.stringify(saveVisitor(visitor)), body, isGranted ? MAX_STORED : MAX_HELD);
    newBytes += size;
    if (!isGranted) return;
    if (queue.size >= (options.flushAt ?? DEFAULT_FLUSH_AT) || newBytes >= maxBatchBytes) {
      newBytes = 0;
      drain();
    } else timer ??= setTimeout(drain, options.flushIntervalMs ?? DEFAULT_FLUSH_INTERVAL_MS);
    return;
  };
  const record =
    (type: MessageType) =>
    (...args: unknown[]) => {
      const run = () => {
        const texts = args.filter((arg) => typeof arg === 'string');
        const [event] = texts;
        const key = nameEntry('t');
        const messageId = idOf(key);
        let reason: string | undefined = 'event_unserialisable';
        guard(() => {
          const data = args.find((arg) => arg && typeof arg === 'object') as object;
          const lose = (property: string) => emit('dropped', { reason: 'property_lost', messageId, event, property });
          reason = add(type, key, texts, toPlain(data, lose));
        });
        if (reason) emit('dropped', { reason, messageId, event });
        const callback = args.find((arg) => typeof arg === 'function');
        if (callback) guard(callback as () => void);
      };
      // Nobody has seen a page that was rendered ahead.
      if ((document as { prerendering?: boolean }).prerendering)
        document.addEventListener('prerenderingchange', run, { once: true });
      else run();
    };
  const ask =
    (route: 'subscribe' | 'unsubscribe') =>
    (request: SubscribeRequest): Promise<SubscribeResult> =>
      new Promise((resolve) => {
        const key = nameEntry('s');
        const body = toPlain(request, () => {});
        if (route === 'subscribe') body.evidence = { ...(body.evidence as object), page: location.href };
        asking[key] = resolve;
        const who = { messageId: idOf(key), anonymousId: anonymousId() ?? undefined };
        enqueue(key, route, JSON.stringify({ ...body, ...who, context: { consent: describeConsent() } }), Infinity);
        drain();
      });
  /** Records the page that is shown, if it is a new one; in a task of its own, since routers write the title last. */
  const look = () =>
    setTimeout(() => {
      const url = readUrl();
      if (pageViews && url !== seenUrl) sluice.page();
      seenUrl = url;
    });

  const sluice: Sluice = {
    page: record('page'),
    track: record('track'),
    identify: record('identify'),
    alias: record('alias'),
    group: record('group'),
    subscribe: ask('subscribe'),
    unsubscribe: ask('unsubscribe'),
    consent(choices) {
      set(CONSENT_KEY, JSON.stringify({ ...preferences(), ...toPlain(choices, () => {}) }));
      resume();
    },
    consentState,
    reset() {
      remove(visitorKey);
      forgetKept();
      // Drawn and stored now: a late answer may set the cookie again before the next event.
      anonymousId();
    },
    flush: drain,
    anonymousId,
    on: (name, listener) => listeners[name]?.push(listener),
    ready: (callback) => ready.then(callback),
  };

  addEventListener('storage', ({ key }) => {
    if (key === CONSENT_KEY) resume();
  });
  addEventListener('online', resume);
  const { navigation } = window;
  if (navigation)
    navigation.addEventListener('navigate', ({ destination }) => {
      if (destination.sameDocument) look();
      // Before the next page comes: its answer may still be read here.
      else drain();
    });
  else {
    // Safari before 26.2 and Firefox before 147.
    for (const method of ['pushState', 'replaceState'] as const) {
      const original = history[method];
      history[method] = (...args) => {
        original.apply(history, args);
        look();
      };
    }
    addEventListener('popstate', look);
  }
  addEventListener('pagehide', () => {
    leave();
    for (const key of flying) {
      const text = get(key);
      if (text) set(key, `${text}\n${Date.now()}`);
    }
    release();
    isGone = true;
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    isGone = false;
    // Back from the back/forward cache: what was not sent is an orphan, perhaps another page's by now.
    queue.clear();
    flying.clear();
    seenUrl = '';
    resume();
    look();
  });
  // On document: Safari before 14 does not let it bubble to window.
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : resume()));

  const ready = (async () => {
    try {
      if (options.consentMode === 'settings')
        Object.assign(options, await (await fetch(`${endpoint}settings?writeKey=${writeKey}`)).json());
    } catch {
      // Undecided visitors are held.
    }
    // Listeners for what happens first are added in the task that called.
    await 0;
    resume();
    look();
  })();
  return sluice;
}
