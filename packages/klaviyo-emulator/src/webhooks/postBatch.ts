export type Fetch = (request: Request) => Promise<Response>;

/** True when the receiver took it: any 2xx in time. A redirect, an error, a broken connection and silence are refusals. */
export async function postBatch(
  fetch: Fetch,
  post: { url: string; headers: Record<string, string>; body: string; timeoutMs: number },
): Promise<boolean> {
  const { url, headers, body, timeoutMs } = post;
  const aborter = new AbortController();
  const silence = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    silence.resolve(undefined);
    aborter.abort();
  }, timeoutMs);
  try {
    const init = { method: 'POST', headers, body, redirect: 'manual', signal: aborter.signal } as const;
    const response = await Promise.race([fetch(new Request(url, init)), silence.promise]);
    await response?.body?.cancel().catch(() => {});
    return response?.ok ?? false;
  } catch {
    // Whatever went wrong on the way, the receiver has not said that it took the batch.
    return false;
  } finally {
    clearTimeout(timer);
  }
}
