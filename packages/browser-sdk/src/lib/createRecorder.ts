import { MAX_HELD, MAX_MESSAGE_BYTES, MAX_STORED } from '../limits.ts';
import type { Dropped, Traits } from '../types.ts';
import { countBytes } from './countBytes.ts';
import type { Consent } from './createConsent.ts';
import { createQueue, idOfKey } from './createQueue.ts';
import { createVisitor } from './createVisitor.ts';
import { openStore } from './openStore.ts';
import { readPage } from './readContext.ts';
import { touchSession } from './touchSession.ts';

interface RecorderOptions {
  _prefix: string;
  _consent: Consent;
  _report(dropped: Dropped): void;
  /** A message of so many bytes may be sent. */
  _onReady(bytes: number): void;
}

export type Recorder = ReturnType<typeof createRecorder>;

/**
 * Turns calls into stored messages as far as consent permits. While it is unknown the store is closed, so that
 * messages, anonymous id and session live in memory only; opening it moves them to localStorage.
 */
export function createRecorder({ _prefix, _consent, _report, _onReady }: RecorderOptions) {
  const store = openStore(false);
  const messagePrefix = `${_prefix}m`;
  const sessionKey = `${_prefix}s`;
  const queue = createQueue(store, messagePrefix);
  const visitor = createVisitor(store, `${_prefix}v`);

  const drop = (key: string, reason: string) => {
    store._delete(key);
    if (key.startsWith(messagePrefix)) _report({ reason, messageId: idOfKey(key) });
  };

  /** Follows the visitor's decision, which may have been made in another tab. */
  const sync = () => {
    const permission = _consent._permission();
    if (permission === 'denied') for (const key of store._keys(_prefix, true)) drop(key, 'consent_denied');
    store._open(permission === 'granted');
    return permission;
  };

  return {
    _queue: queue,
    _sync: sync,
    _anonymousId: () => (sync() === 'granted' ? visitor._read().anonymousId : null),
    /** Stores one message, or returns why not. */
    _add(type: string, messageId: string, data: object, userId: string | undefined): string | undefined {
      const permission = sync();
      if (permission === 'denied') return 'consent_denied';
      const { _id, _campaign, _starts } = touchSession(store, sessionKey, type === 'page');
      const context = { page: readPage(), ...(_starts && { sessionStart: true }) };
      const text = JSON.stringify({ type, messageId, timestamp: new Date(), ...data, context });
      const bytes = countBytes(text);
      if (bytes > MAX_MESSAGE_BYTES) return 'event_too_large';

      if (type === 'identify') visitor._identify(userId, (data as { traits: Traits }).traits);
      const { traits, ...ids } = visitor._read();
      const head = JSON.stringify({ ...ids, context: { traits, campaign: _campaign, sessionId: _id } });
      queue._add(messageId, type, head, text);
      const keys = queue._keys();
      const isGranted = permission === 'granted';
      if (keys.length > (isGranted ? MAX_STORED : MAX_HELD)) {
        // Page views (p) go first: they are the many, and orders are the ones that hurt.
        drop((keys.find((key) => key.endsWith('p')) ?? keys[0]) as string, 'queue_full');
      }
      if (isGranted) _onReady(bytes);
      return;
    },
    _reset() {
      if (sync() === 'denied') return;
      visitor._forget();
      // The next visitor's session is another one: its id must not link the two.
      store._delete(sessionKey);
    },
  };
}
