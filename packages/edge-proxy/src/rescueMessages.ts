import { isJsonObject } from '@sluice/shared';
import { BACK_PRESSURE_SECONDS, RESCUE_RETRY_SECONDS } from './deliver/limits.ts';
import type { Env } from './env.ts';
import type { Hooks } from './hooks/hooks.ts';
import { type IngestMessage, VERSIONS } from './ingest/acceptedEvent.ts';
import { ingestQueues } from './ingest/queues.ts';
import { sendToAny } from './ingest/sendToAny.ts';
import { unfoldMessage } from './ingest/unfoldMessage.ts';
import { logDefect } from './logDefect.ts';
import type { Item } from './map/item.ts';
import { mapMessage } from './map/mapMessage.ts';
import { readSettings, type Settings } from './settings.ts';

type QueueMessage = Message<IngestMessage>;

/**
 * What the queue gave up on goes back into it, again and again: a release that can read it, or an outage's end, may come
 * any day. Only what is too old dies: its items as dead letters, what never became an item with a line in the log.
 */
export async function rescueMessages(batch: MessageBatch<IngestMessage>, env: Env, hooks: Hooks = {}): Promise<void> {
  const read = readSettings(env);
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        if (!read.ok) throw new Error('config_invalid; the dead-letter queue keeps the message');
        await rescue(message, env, { ...read.settings, hooks });
        message.ack();
      } catch (error) {
        logDefect('a message could not be rescued', error);
        message.retry({ delaySeconds: RESCUE_RETRY_SECONDS });
      }
    }),
  );
}

type Rescuing = Settings & { hooks: Hooks };

async function rescue(message: QueueMessage, env: Env, settings: Rescuing): Promise<void> {
  const { config } = settings;
  const { body } = message;
  const maxAgeMs = config.delivery.maxAgeHours * 3_600_000;
  if (!hasEnvelope(body)) return bury(message, { account: firstAccount(settings), items: [], unreadable: 1 }, env);
  // `receivedAtMs` stays, so its age goes on counting from the first time.
  if (Date.now() - body.receivedAtMs <= maxAgeMs)
    return sendToAny(ingestQueues(env, config), body, BACK_PRESSURE_SECONDS);
  const { account } = body;
  return bury(message, { account, ...mapEach(body, settings) }, env);
}

/** What every version of a message says of itself. Without it nobody will ever read it. */
function hasEnvelope(body: unknown): body is IngestMessage {
  return (
    isJsonObject(body) &&
    typeof body.v === 'number' &&
    typeof body.account === 'string' &&
    typeof body.receivedAtMs === 'number' &&
    Number.isFinite(body.receivedAtMs)
  );
}

/** Maps event by event: one that our code cannot map costs no other. */
function mapEach(message: IngestMessage, { config, hooks }: Rescuing): { items: Item[]; unreadable: number } {
  const isList = message.kind !== 'events' || Array.isArray(message.events);
  if (!VERSIONS.includes(message.v) || !isList) return { items: [], unreadable: 1 };
  const body = unfoldMessage(message);
  const parts = body.kind === 'events' ? body.events.map((event) => ({ ...body, events: [event] })) : [body];
  const mapped = parts.map((part) => {
    try {
      return mapMessage(part, config, hooks);
    } catch {
      return undefined;
    }
  });
  return { items: mapped.flatMap((items) => items ?? []), unreadable: mapped.filter((items) => !items).length };
}

interface Burial {
  account: string;
  items: Item[];
  /** Events, or a whole message where its events cannot be told apart. */
  unreadable: number;
}

async function bury({ id, body, timestamp }: QueueMessage, burial: Burial, env: Env): Promise<void> {
  const { account, items, unreadable } = burial;
  await env.DISPATCHER.getByName(`${account}:0`).bury(account, items, unreadable);
  // Never the body, which holds people.
  const what = hasEnvelope(body) ? { v: body.v, receivedAtMs: body.receivedAtMs } : {};
  const facts = {
    queueMessage: id,
    account,
    ...what,
    queuedAtMs: timestamp.getTime(),
    items: items.length,
    unreadable,
  };
  console.error(JSON.stringify({ message: 'a queue message died', ...facts }));
}

function firstAccount({ config }: Settings): string {
  return Object.keys(config.accounts)[0] ?? 'main';
}
