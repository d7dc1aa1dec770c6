import { ADOPT_INTERVAL_MS } from '../limits.ts';
import type { Store, StoredEntry } from '../types.ts';

interface AdoptOptions {
  store: Store | undefined;
  /** How many bytes more may be taken over; Infinity for as many as one segment has. */
  roomBytes(): number;
  add(entry: StoredEntry): void;
}

/** Takes over what processes that ended have left. */
export function adoptInto({ store, roomBytes, add }: AdoptOptions) {
  if (!store) return { adopt() {}, stopAdopting() {} };
  let isStopped = false;

  const adopt = () => {
    while (!isStopped) {
      const room = roomBytes();
      const adopted = room > 0 ? store.adopt(room) : [];
      if (adopted.length === 0) return;
      for (const entry of adopted) add(entry);
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
