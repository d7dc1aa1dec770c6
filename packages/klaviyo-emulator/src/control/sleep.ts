/** Waits in real time, or until the request is aborted: who is gone must not keep a process alive. */
export function sleep(ms: number, request: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      request.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    request.addEventListener('abort', end);
    if (request.aborted) end();
  });
}
