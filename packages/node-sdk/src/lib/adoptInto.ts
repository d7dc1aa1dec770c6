import { ADOPT_INTERVAL_MS } from '../limits.ts';
import type { Store } from '../types.ts';
import type { Arena } from './createArena.ts';
import type { Entry } from './createQueue.ts';
import { readJson } from './readJson.ts';

interface AdoptOptions {
  store: Store | undefined;
  arena: Arena;
  maxBytes: number;
  waiting(): number;
  roomBytes(): number;
  add(entry: Entry): void;
}

/** Takes over what processes that ended have left, while half of the memory is free for what is new. */
export function adoptInto({ store, arena, maxBytes, waiting, roomBytes, add }: AdoptOptions) {
  if (!store) return { adopt() {}, stopAdopting() {} };
  let isStopped = false;

  const adopt = () => {
    while (!isStopped) {
      const room = waiting() === 0 ? Infinity : roomBytes() - maxBytes / 2;
      const adopted = room > 0 ? store.adopt(room) : [];
      if (adopted.length === 0) return;
      for (const { number, kind, text } of adopted) {
        const place = arena.write(text, Infinity);
        const id = String(readJson(text).messageId ?? '');
        if (place) add({ kind, id, ...place, number, resolve: undefined });
      }
    }
  };
  const timer = setInterval(() => {
    store.search();
    adopt();
  }, ADOPT_INTERVAL_MS);
  (timer as { unref?: () => void }).unref?.();
  // After the caller had the time to listen.
  queueMicrotask(adopt);

  return {
    adopt,
    stopAdopting() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}
