import { LEASE_MS } from '../limits.ts';
import type { Store } from './openStore.ts';

/** Entries of one kind in the store, one key each: a damaged or lost entry costs itself only, and tabs never collide. */
export interface Queue {
  /** Keys in the order of their birth. */
  _keys(): string[];
  /** Stores an entry and returns its key. Sorted keys are in order: a key is prefix, µs stamp, id, first letter of the type. */
  _add(id: string, type: string, head: string, body: string): string;
  /** Head and body, or nothing while the entry is leased. */
  _read(key: string): [head: string, body: string] | undefined;
  /** Notes when an entry was sent (0 = not), so that no other tab or page load sends it too meanwhile. */
  _lease(keys: string[], atMs: number): void;
  _delete(keys: string[]): void;
}

/** The message id within a key. */
export const idOfKey = (key: string): string => key.slice(-37, -1);

export function createQueue(store: Store, prefix: string): Queue {
  let stamp = 0;
  return {
    _keys: () => store._keys(prefix),
    _add(id, type, head, body) {
      stamp = Math.max(stamp + 1, Date.now() * 1000);
      const key = prefix + stamp + id + type[0];
      store._set(key, `0\n${head}\n${body}`);
      return key;
    },
    _read(key) {
      const [sentAtMs, head = '', body = ''] = (store._get(key) ?? '').split('\n') as [string, string?, string?];
      // The absolute difference: a clock set back must not lease an entry for ever.
      return Math.abs(Date.now() - +sentAtMs) < LEASE_MS ? undefined : [head, body];
    },
    _lease(keys, atMs) {
      for (const key of keys) {
        const text = store._get(key);
        // An entry deleted meanwhile, by a withdrawn consent for one, must not come back.
        if (text) store._set(key, atMs + text.slice(text.indexOf('\n')));
      }
    },
    _delete(keys) {
      for (const key of keys) store._delete(key);
    },
  };
}
