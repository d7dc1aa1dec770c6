/** Lets a flush wait for what the lane does next. */
export function createSteps() {
  const watchers = new Set<() => void>();
  return {
    done() {
      for (const watcher of watchers) watcher();
    },
    /** Resolves after the next request, or in so many milliseconds. Its timer keeps the process alive, on purpose. */
    next: (ms: number) =>
      new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          watchers.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        watchers.add(done);
      }),
  };
}
