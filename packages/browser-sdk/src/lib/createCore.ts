import { DEFAULT_FLUSH_AT, DEFAULT_FLUSH_INTERVAL_MS, DEFAULT_MAX_BATCH_BYTES } from '../limits.ts';
import type { Dropped, SluiceOptions } from '../types.ts';
import { CONSENT_KEY, createConsent } from './createConsent.ts';
import { createRecorder } from './createRecorder.ts';
import { createSender } from './createSender.ts';
import { createSubscriptions } from './createSubscriptions.ts';
import { openStore } from './openStore.ts';
import { readDevice } from './readContext.ts';
import { takeMessages } from './takeMessages.ts';

/** Wires the parts for one write key: recorder → stored queue → sender, under the consent of the moment. */
export function createCore(options: SluiceOptions, report: (dropped: Dropped) => void) {
  const { writeKey, endpoint } = options;
  const maxBatchBytes = options.maxBatchBytes ?? DEFAULT_MAX_BATCH_BYTES;
  const prefix = `sluice.${writeKey}.`;
  // What must survive in every consent state: the decision itself, sign-ups, and the pause a server asked for.
  const store = openStore(true);
  const consent = createConsent(store, options);
  const subscriptions = createSubscriptions(store, prefix, writeKey);
  let count = 0;
  let bytes = 0;

  const recorder = createRecorder({
    _prefix: `${prefix}t.`,
    _consent: consent,
    _report: report,
    _onReady(size) {
      bytes += size;
      if (++count >= (options.flushAt ?? DEFAULT_FLUSH_AT) || bytes >= maxBatchBytes) flush();
      else sender._wake(options.flushIntervalMs ?? DEFAULT_FLUSH_INTERVAL_MS);
    },
  });
  const { _queue, _sync } = recorder;

  const openBody = (head: string) => {
    const { context, ...ids } = JSON.parse(head);
    return JSON.stringify({
      writeKey,
      sentAt: new Date(),
      ...ids,
      context: { ...readDevice(), ...context, consent: consent._context() },
    });
  };

  const takeBatch = () =>
    _sync() === 'granted'
      ? takeMessages(_queue, { _maxBytes: maxBatchBytes, _open: openBody, _report: report })
      : undefined;

  const sender = createSender({
    _endpoint: endpoint.replace(/\/$/, ''),
    _name: `${prefix}p`,
    _store: store,
    _take: () => subscriptions._take() ?? takeBatch(),
    _isEmpty: () => !subscriptions._queue._keys()[0] && (_sync() !== 'granted' || !_queue._keys()[0]),
  });

  const flush = () => {
    count = bytes = 0;
    return sender._drain();
  };

  /** Acts on the consent of now, and sends what it permits. */
  const apply = () => {
    _sync();
    sender._resume();
  };

  addEventListener('storage', ({ key }) => {
    if (key === CONSENT_KEY) apply();
  });
  apply();

  return { _recorder: recorder, _consent: consent, _subscriptions: subscriptions, _flush: flush, _apply: apply };
}
