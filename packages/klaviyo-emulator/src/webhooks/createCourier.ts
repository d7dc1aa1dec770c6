import type { Clock } from '../clock.ts';
import type { Account, Delivery, Webhook, World } from '../state/types.ts';
import { noteAnswer } from './noteAnswer.ts';
import { pickBatch } from './pickBatch.ts';
import { type Fetch, postBatch } from './postBatch.ts';
import { writeBatch } from './writeBatch.ts';

interface CourierParts {
  readonly world: () => World;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly changed: () => void;
}

/** Returns what sends every webhook its due and resolves when the answers are in. */
export function createCourier({ world, clock, fetch, changed }: CourierParts): () => Promise<void> {
  // One round at a time for each webhook: overlapping calls join it instead of sending the same again.
  const rounds = new Map<Webhook, Promise<void>>();

  async function send(account: Account, webhook: Webhook, batch: Delivery[]): Promise<boolean> {
    const { webhookTimeoutMs, webhookRetry } = world().settings.assume;
    const written = await writeBatch(account, webhook, { batch, nowMs: clock.now() });
    const taken = await postBatch(fetch, { ...written, url: webhook.endpointUrl, timeoutMs: webhookTimeoutMs });
    noteAnswer(account, webhook, { batch, taken, nowMs: clock.now(), retry: webhookRetry });
    world().version += 1;
    changed();
    return taken;
  }

  async function serve(account: Account, webhook: Webhook): Promise<void> {
    // A reset puts other accounts into the world; what the old ones owed is owed no more.
    const next = () =>
      world().accounts.get(account.publicKey) === account ? pickBatch(account, webhook, clock.now()) : [];
    try {
      for (let batch = next(); batch.length > 0; batch = next()) {
        if (!(await send(account, webhook, batch))) return;
      }
    } finally {
      rounds.delete(webhook);
    }
  }

  return async () => {
    for (const account of world().accounts.values()) {
      for (const webhook of account.webhooks.values()) {
        if (rounds.has(webhook) || pickBatch(account, webhook, clock.now()).length === 0) continue;
        rounds.set(
          webhook,
          Promise.resolve().then(() => serve(account, webhook)),
        );
      }
    }
    await Promise.all(rounds.values());
  };
}
