/** One timer that wakes the work at the earliest time asked for. It keeps no process alive. */
export function createWaker(now: () => number, work: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueMs = Infinity;
  const sleep = () => {
    clearTimeout(timer);
    dueMs = Infinity;
  };
  return {
    sleep,
    isSet: () => dueMs < Infinity,
    wake(delayMs: number) {
      const atMs = now() + delayMs;
      if (atMs >= dueMs) return;
      clearTimeout(timer);
      dueMs = atMs;
      timer = setTimeout(work, delayMs);
      // Browser-like runtimes have numbers here, and end when their request does.
      (timer as { unref?: () => void }).unref?.();
    },
  };
}
