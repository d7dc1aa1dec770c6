import type { SubscribeRequest, SubscribeResult } from '../types.ts';
import { createQueue } from './createQueue.ts';
import type { Parcel } from './createSender.ts';
import { createUuid } from './createUuid.ts';
import type { Store } from './openStore.ts';
import { parseObject } from './parseObject.ts';
import type { Answer } from './post.ts';
import { toPlain } from './toPlain.ts';

/** Sign-ups waiting for their answer. They have a queue of their own, which consent never empties. */
export function createSubscriptions(store: Store, prefix: string, writeKey: string) {
  const queue = createQueue(store, `${prefix}s`);
  const waiting = new Map<string, (result: SubscribeResult) => void>();
  const resultKey = `${prefix}r`;

  const settle = (key: string, { _status, _data: { error } }: Answer) => {
    const result: SubscribeResult =
      _status < 300
        ? { ok: true, status: 'accepted' }
        : { ok: false, code: error?.code ?? `http_${_status}`, message: error?.message ?? '' };
    const resolve = waiting.get(key);
    if (resolve) resolve(result);
    else {
      // Another tab may have asked; writing and deleting makes a storage event there, and only there.
      store._set(resultKey, JSON.stringify([key, result]));
      store._delete(resultKey);
    }
  };

  addEventListener('storage', ({ key, newValue }) => {
    if (key === resultKey && newValue) {
      const [asked, result] = JSON.parse(newValue);
      waiting.get(asked)?.(result);
    }
  });

  return {
    _queue: queue,
    _add(request: SubscribeRequest, rest: object, onLost: (property: string) => void): Promise<SubscribeResult> {
      const plain = toPlain(request, onLost);
      if (!plain.email && !plain.phone) {
        return Promise.resolve({ ok: false, code: 'email_invalid', message: 'email or phone needed' });
      }
      const messageId = createUuid();
      const evidence = { ...(plain.evidence as object), page: location.href };
      const head = JSON.stringify({ ...plain, messageId, timestamp: new Date(), evidence, ...rest });
      const key = queue._add(messageId, 's', head, '');
      return new Promise((resolve) => waiting.set(key, resolve));
    },
    _take(): Parcel | undefined {
      for (const key of queue._keys()) {
        const entry = queue._read(key);
        if (!entry) continue;
        const body = JSON.stringify({ writeKey, sentAt: new Date(), ...parseObject(entry[0]) });
        return {
          _path: '/v1/subscribe',
          _body: body,
          _queue: queue,
          _keys: [key],
          _settle: (answer) => settle(key, answer),
        };
      }
    },
  };
}
