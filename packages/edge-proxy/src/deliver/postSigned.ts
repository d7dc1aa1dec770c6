import type { Ground } from './Ground.ts';
import { WEBHOOK_TIMEOUT_MS } from './limits.ts';
import { signBody } from './signBody.ts';

export interface Webhook {
  url: string;
  secret: string;
}

/** Posts a body of JSON, signed. True when the receiver took it; whatever else happens is worth another try. */
export async function postSigned(ground: Ground, { url, secret }: Webhook, body: string): Promise<boolean> {
  const timestamp = String(Math.floor(ground.now() / 1000));
  const signature = await signBody(secret, timestamp, body);
  const abort = new AbortController();
  const timer = ground.timer(WEBHOOK_TIMEOUT_MS);
  timer.done.then(() => abort.abort());
  try {
    const response = await ground.fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'sluice/0.0.0',
        'x-sluice-timestamp': timestamp,
        'x-sluice-signature': signature,
      },
      body,
      signal: abort.signal,
    });
    // Unread, a body would keep its connection.
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  } finally {
    timer.cancel();
  }
}
