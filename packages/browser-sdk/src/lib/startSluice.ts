import {
  DEFAULT_FLUSH_AT,
  DEFAULT_FLUSH_INTERVAL_MS,
  DEFAULT_MAX_BATCH_BYTES,
  ENVELOPE_BYTES,
  KEEPALIVE_BUDGET_BYTES,
  LEASE_MS,
  MAX_HELD,
  MAX_MESSAGE_BYTES,
  MAX_RETRY_AFTER_MS,
  MAX_STORED,
  REQUEST_TIMEOUT_MS,
} from '../limits.ts';
import type { ConsentState, Sluice, SluiceEvents, SluiceOptions, SubscribeRequest, SubscribeResult } from '../types.ts';
import { countBytes } from './countBytes.ts';
import { createId } from './createId.ts';
import { guard } from './guard.ts';
import { parseObject } from './parseObject.ts';
import { isRetryable, pickRetryDelay, readRetryAfter } from './pickRetryDelay.ts';
import { readCookie } from './readCookie.ts';
import { toPlain } from './toPlain.ts';
import { type Head, type Session, touchVisitor } from './touchVisitor.ts';

declare const __VERSION__: string;

const ignore = () => {};

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
export const startSluice = (options: SluiceOptions): Sluice => {
  const { writeKey, pageViews, maxBatchBytes = DEFAULT_MAX_BATCH_BYTES } = options;
  const endpoint = options.endpoint.replace(/\/?$/, '/v1/');
  /** Also the name of the proxy's cookie. */
  const prefix = `sluice.${writeKey}`;
  const visitorKey = `${prefix}.t`;
  const pauseKey = `${prefix}.r`;
  const owner = createId();
  /** Merely naming localStorage throws in sandboxed frames and with cookies blocked; some Android web views have null. */
  const disk = guard(() => localStorage) ?? ({} as Storage);
  /** What may not be stored, or could not. */
  const memory: Record<string, string> = {};
  /** Keys of the entries that this page looks after, and until when each is left alone: for ever while a request has it. */
  const queue = new Map<string, number>();
  let letGo: (value?: undefined) => void = ignore;
  let held: Promise<void> | undefined;
  const asking: Record<string, (result: SubscribeResult) => void> = {};
  const listeners: Record<string, ((detail: never) => void)[]> = {};
  let isOpen: unknown;
  let isHolding: unknown;
  let isGone: unknown;
  let permission: ConsentState | undefined;
  let timer: unknown;
  let adopting: unknown;
  let draining: Promise<void> | undefined;
  let birthMs = 0;
  /** Entries that other pages left behind: they were stored already, and leave the page the room it has. */
  let adopted = 0;
  let attempt = 0;
  let retryAtMs = 0;
  let inFlightBytes = 0;
  let newBytes = 0;
  /** Counts what makes a request stale that is being prepared: the page is left, or consent withdrawn. */
  let turn = 0;
  let referrer = '';
  let head: Head;
  let session: Session;
  let visitorText: string | null | undefined;
  let klaviyoId: string | undefined;
  let lastUrl: string | undefined;
  let lastPage: string | undefined;
  let seenUrl: string | undefined;

  const emit = <Name extends keyof SluiceEvents>(name: Name, detail: SluiceEvents[Name]) => {
    if (options.debug) console.warn('[sluice]', name, detail);
    listeners[name]?.map((listener) => guard(() => listener(detail as never)));
  };

  // ── Storage.

  const isTracking = (key: string) => key.startsWith(visitorKey);
  /** Tracking's keys are not touched, not even read, before consent. */
  const may = (key: string) => isOpen || !isTracking(key);
  /** Null, not undefined, where there is none: that JSON.parse takes without an exception, which would cost 25 µs. */
  const get = (key: string) => memory[key] ?? (may(key) ? (disk[key] ?? null) : null);
  /** Returns whether the text is where it belongs. A full storage throws. */
  const set = (key: string, text: string) => {
    memory[key] = text;
    // Three times as fast as an assignment.
    return !may(key) || guard(() => disk.setItem(key, text) ?? delete memory[key]);
  };
  const remove = (key: string) => {
    queue.delete(key);
    delete memory[key];
    delete disk[key];
  };
  const keysOf = (start: string) =>
    Object.keys({ ...memory, ...disk })
      .filter((key) => key.startsWith(start))
      .sort();

  /** What the proxy keeps for us longer than Safari keeps storage: id and domain. Why and when: docs/decisions/0007. */
  const readKept = () => `${readCookie(prefix) ?? ''}`.split('~');
  const forgetKept = () =>
    guard(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http.
      document.cookie = `${prefix}=; Path=/; Max-Age=0; Domain=${readKept()[1]}`;
    });

  // ── The queue.

  const idOf = (key: string) => key.slice(visitorKey.length + 1);
  const ownerOf = (key: string) => idOf(key).split('-')[0] as string;
  // The absolute difference: a clock set back must not keep an entry for ever.
  const isRecent = (ms: number) => Math.abs(Date.now() - ms) < LEASE_MS;
  const nameEntry = (kind: 's' | 't') => {
    birthMs = Math.max(birthMs + 1, Date.now());
    return `${prefix}.${kind}.${owner}-${birthMs}`;
  };
  const drop = (key: string, reason: string, event?: string) => {
    remove(key);
    if (key !== visitorKey) emit('dropped', { reason, messageId: idOf(key), event });
  };
  /** Leaves entries alone for a while: they were sent, and nobody hears what became of them. */
  const lend = (keys: string[]) => {
    for (const key of keys) queue.set(key, Date.now() + LEASE_MS);
    setTimeout(drain, LEASE_MS);
  };
  /**
   * Holds the lock that says whose entries these are until they are sent; the browser releases it when a page is gone,
   * however. Web Locks are missing on plain http and refused in Shopify's sandbox: then `onHeld` hears that.
   */
  const hold = async (name: string, onHeld: (isUnsure?: boolean) => void) => {
    try {
      await navigator.locks.request(`${prefix}.${name}`, { ifAvailable: true }, (lock) => {
        // A page that is just going may hold its own still, and nothing would tell when it is gone.
        if (!lock) adopting ??= setTimeout(adopt, LEASE_MS);
        // Else asked for before the page went, and granted only now.
        else if (!isGone) {
          onHeld();
          return held;
        }
      });
    } catch {
      onHeld(true);
    }
  };
  /** With a lock held, Chromium neither keeps a page for the back button nor freezes its tab. */
  const release = () => {
    adopted = 0;
    isHolding = false;
    letGo();
    held = new Promise((resolve) => {
      letGo = resolve;
    });
  };
  release();
  const enqueue = (key: string, head: string, body: string, max: number) => {
    // Asked for before the entry is there, so that no other tab takes it for an orphan.
    if (!isHolding) hold(owner, ignore);
    isHolding = true;
    queue.set(key, 0);
    while (queue.size > (set(key, `${head}\n${body}`) ? max + adopted : MAX_HELD)) {
      // Page views go first: they are the many, and orders are the ones that hurt.
      const keys = [...queue.keys()];
      drop(keys.find((it) => get(it)?.includes('\n{"type":"p')) ?? (keys[0] as string), 'queue_full');
    }
  };
  const adopt = () => {
    adopting = clearTimeout(adopting as number);
    const keys = keysOf(`${prefix}.`).filter((key) => key.length > visitorKey.length && may(key));
    for (const name of new Set(keys.map(ownerOf)))
      hold(name, (isUnsure) => {
        for (const key of keys) {
          if (ownerOf(key) !== name || queue.has(key)) continue;
          if (isUnsure && isRecent(+(key.split('-')[1] as string))) continue;
          queue.set(key, 0);
          adopted++;
          if (isRecent(+(get(key)?.split('\n')[2] as string))) lend([key]);
        }
        drain();
      });
  };

  // ── Consent, read afresh each time: another tab may have changed it.

  const readConsent = () => ({
    categoryPreferences: parseObject(get(CONSENT_KEY)),
    // https://www.w3.org/TR/gpc/: sent by some browsers and extensions, absent in others.
    gpc: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
  });
  /** All required categories count, not any; a refusal wins. */
  const consentState = (): ConsentState => {
    const { categoryPreferences, gpc } = readConsent();
    const choices = (options.requiredCategories ?? ['marketing']).map((category) => categoryPreferences[category]);
    if (gpc || choices.includes(false)) return 'denied';
    return choices.every((choice) => choice === true) ? 'granted' : 'unknown';
  };
  /** Follows the decision, granted is sent, unknown held, denied refused, and returns whether it is granted. */
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
      if (now !== 'unknown' && !['', anonymousId()].includes(readKept()[0] as string)) forgetKept();
    }
    return now === 'granted';
  };

  // ── Sending.

  /** Milliseconds until the next request is allowed; 0 means now. */
  const pause = () => {
    if (!navigator.onLine) return LEASE_MS;
    const waitMs = Math.max(retryAtMs, +(get(pauseKey) as string) || 0) - Date.now();
    // More than was ever written there means damage, or a clock that was set back.
    return waitMs > 0 && waitMs <= MAX_RETRY_AFTER_MS ? waitMs : 0;
  };
  /** Sends the next batch: entries that share their head, in order, within the size; or one sign-up. */
  const sendNext = (isLeaving?: boolean): Promise<void> | undefined => {
    const keys: string[] = [];
    const messages: Message[] = [];
    const isGranted = sync();
    const maxBytes = isLeaving ? Math.min(maxBatchBytes, KEEPALIVE_BUDGET_BYTES - inFlightBytes) : maxBatchBytes;
    let shared = '';
    let bytes = 0;
    for (const [key, untilMs] of queue) {
      const isEvent = isTracking(key);
      if (untilMs > Date.now() || (isEvent && !isGranted)) continue;
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
              consent: readConsent(),
            },
            batch: messages,
          }
        : messages[0]),
    });
    let body: string | ArrayBuffer = text;
    if (!isLeaving)
      try {
        // No header says so, which would cost a preflight: the first bytes do.
        const packed = new Response(text).body?.pipeThrough(new CompressionStream('gzip'));
        body = await new Response(packed).arrayBuffer();
      } catch {
        // Safari before 16.4 cannot.
      }
    if (myTurn !== turn) return;
    for (const key of keys) queue.set(key, Infinity);
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
        credentials: shared?.anonymousId === readVisitor().anonymousId ? 'include' : 'omit',
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
      for (const key of keys) queue.set(key, 0);
      retryAtMs = Date.now() + (askedMs || pickRetryDelay(attempt++, Math.random()));
      // Stored, for the other tabs and the next page load.
      if (askedMs) set(pauseKey, `${retryAtMs}`);
    } else {
      attempt = retryAtMs = 0;
      const { rejected, error } = answer;
      const isGood = status < 300;
      messages.forEach(({ messageId, event, name }, at) => {
        const key = keys[at] as string;
        const reason = isGood ? rejected?.find(({ index }) => index === at)?.code : (error?.code ?? `http_${status}`);
        remove(key);
        asking[key]?.(
          reason ? { ok: false, code: reason, message: error?.message ?? '' } : { ok: true, status: 'accepted' },
        );
        emit(reason ? 'dropped' : 'delivered', { reason, messageId, event: event ?? name } as never);
      });
      // A good answer says that what left with a page a moment ago has arrived too.
      if (isGood) for (const [key, untilMs] of queue) if (untilMs && get(key)?.split('\n')[2]) remove(key);
    }
    if (isLeaving) drain();
  };
  const drain = (): Promise<void> => {
    timer = clearTimeout(timer as number);
    draining ??= (async () => {
      // What is recorded in the same breath goes along.
      await 0;
      // Here and not with an event: cookies are read from another process.
      klaviyoId = readCookie('__kla_id');
      let waitMs = 0;
      for (let sent: unknown = true; sent; await sent) {
        waitMs = pause();
        sent = !waitMs && sendNext();
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
  const readVisitor = (): Head => {
    const text = get(visitorKey);
    // Parsed anew only where another tab has written: this runs with every event.
    if (text !== visitorText) {
      visitorText = text;
      [head, session] = `${text}\n`.split('\n').map(parseObject) as unknown as [Head, Session];
      head.anonymousId ??= readKept()[0] || createId();
      head.context ??= {};
    }
    return head;
  };
  /** Returns the head as it is stored with a message. */
  const saveVisitor = () => {
    const shared = JSON.stringify(head);
    const text = `${shared}\n${JSON.stringify(session)}`;
    if (text !== visitorText) set(visitorKey, text);
    visitorText = text;
    return shared;
  };
  const anonymousId = () => {
    if (!sync()) return null;
    readVisitor();
    saveVisitor();
    return head.anonymousId;
  };
  /** A method of analytics.js: what its data is called in a message, and each text before that. */
  const record =
    (type: MessageType, dataName: 'properties' | 'traits', ...names: string[]) =>
    (...args: unknown[]) => {
      const run = () => {
        const texts = args.filter((arg) => typeof arg === 'string');
        const isPage = type === 'page';
        // A page's category stands before its name.
        if (isPage) texts.reverse();
        const [name] = texts;
        const key = nameEntry('t');
        const messageId = idOf(key);
        /** Stores the message, or returns why not. */
        const add = () => {
          const source = args.find((arg) => arg && typeof arg === 'object') as object;
          const data = toPlain(source, (property) =>
            emit('dropped', { reason: 'property_lost', messageId, event: name, property }),
          );
          const isGranted = sync();
          if (permission === 'denied') return 'consent_denied';
          if (name === 'Product Viewed' && hasKlaviyo()) return 'klaviyo_present';
          // The queue knows page views by the type being first.
          const message: Record<string, unknown> = {
            type,
            messageId,
            timestamp: new Date().toJSON(),
            [dataName]: data,
          };
          names.forEach((it, at) => {
            message[it] = texts[at];
          });
          const url = readUrl();
          if (isPage) {
            // React's StrictMode runs an effect twice in one task.
            const page = `${[url, texts]}`;
            if (page === lastPage) return '';
            lastPage = page;
            setTimeout(() => (lastPage = ''));
          }
          // The browser keeps the first referrer; in a single-page shop the page before this one is the right one.
          if (url !== lastUrl) referrer = lastUrl ?? document.referrer;
          lastUrl = url;
          const { context } = readVisitor();
          touchVisitor(context, session, { url, path: location.pathname, title: document.title, referrer });
          if (isPage && session.pagedId !== context.sessionId) {
            session.pagedId = context.sessionId;
            if (!hasKlaviyo()) message.context = { sessionStart: true };
          }
          context.klaviyo = { __kla_id: klaviyoId };
          if (type === 'identify') {
            // Another user id means another person: that one's traits are not kept.
            const { userId = name } = head;
            context.traits = { ...((name ?? userId) === userId && context.traits), ...data };
            head.userId = name || userId;
          }
          const body = JSON.stringify(message);
          const size = countBytes(body);
          if (size > MAX_MESSAGE_BYTES) {
            // What the visitor has taken over from it is forgotten too.
            visitorText = undefined;
            return 'event_too_large';
          }
          enqueue(key, saveVisitor(), body, isGranted ? MAX_STORED : MAX_HELD);
          newBytes += size;
          if (isGranted) {
            if (queue.size >= (options.flushAt ?? DEFAULT_FLUSH_AT) || newBytes >= maxBatchBytes) {
              newBytes = 0;
              drain();
            } else timer ??= setTimeout(drain, options.flushIntervalMs ?? DEFAULT_FLUSH_INTERVAL_MS);
          }
          return '';
        };
        const reason = guard(add) ?? 'event_unserialisable';
        if (reason) drop(key, reason, name);
        const callback = args.find((arg) => typeof arg === 'function');
        if (callback) guard(callback as () => void);
      };
      // Nobody has seen a page that was rendered ahead.
      if ((document as { prerendering?: boolean }).prerendering) document.addEventListener('prerenderingchange', run);
      else run();
    };
  const ask =
    (route: 'subscribe' | 'unsubscribe') =>
    (request: SubscribeRequest): Promise<SubscribeResult> =>
      new Promise((resolve) => {
        const key = nameEntry('s');
        const body = toPlain(request, ignore);
        if (route === 'subscribe') body.evidence = { ...(body.evidence as object), page: location.href };
        asking[key] = resolve;
        const who = { messageId: idOf(key), anonymousId: anonymousId() ?? undefined };
        enqueue(key, route, JSON.stringify({ ...body, ...who, context: { consent: readConsent() } }), Infinity);
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
    page: record('page', 'properties', 'name', 'category'),
    track: record('track', 'properties', 'event'),
    identify: record('identify', 'traits'),
    alias: record('alias', 'traits', 'userId', 'previousId'),
    group: record('group', 'traits', 'groupId'),
    subscribe: ask('subscribe'),
    unsubscribe: ask('unsubscribe'),
    consent(choices) {
      set(CONSENT_KEY, JSON.stringify({ ...readConsent().categoryPreferences, ...toPlain(choices, ignore) }));
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
    on(name, listener) {
      listeners[name] = [...(listeners[name] ?? []), listener];
    },
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
    for (const [key, untilMs] of queue) {
      const text = untilMs && get(key);
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
};
