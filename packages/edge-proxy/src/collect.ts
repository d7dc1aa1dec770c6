import { chunkItems } from './deliver/chunkItems.ts';
import { keyPart } from './deliver/lane.ts';
import { BACK_PRESSURE_SECONDS, MAX_ITEMS_PER_RUN, MAX_STORE_UNITS } from './deliver/limits.ts';
import { type StoredItem, storeItem } from './deliver/storedItem.ts';
import type { Chunk } from './deliver/tables/inbox.ts';
import type { Env } from './env.ts';
import type { Hooks } from './hooks/hooks.ts';
import { type IngestMessage, VERSIONS } from './ingest/acceptedEvent.ts';
import { unfoldMessage } from './ingest/unfoldMessage.ts';
import { logDefect } from './logDefect.ts';
import { linkAliases } from './map/linkAliases.ts';
import { linkIdentities } from './map/linkIdentities.ts';
import { mapMessage } from './map/mapMessage.ts';
import { cutBySize } from './packBySize.ts';
import { describeProblems, readSettings, type Settings } from './settings.ts';
import { type Alias, type Identity, saveAliases, saveIdentities } from './store/identities.ts';

type QueueMessage = Message<IngestMessage>;

/**
 * Maps what the queue holds to Klaviyo items and hands them to each account's Dispatcher, mostly in one call an account.
 * A message that is not acknowledged comes again, under the same ids.
 */
export async function collectMessages(batch: MessageBatch<IngestMessage>, env: Env, hooks: Hooks = {}): Promise<void> {
  const read = readSettings(env);
  if (!read.ok) {
    logDefect('config_invalid; the queue keeps the batch', new Error(describeProblems(read.problems)));
    for (const message of batch.messages) retryLater(message);
    return;
  }
  const { settings } = read;
  const readable = batch.messages.filter(isReadable);
  const byAccount = Map.groupBy(readable, ({ body }) => body.account);
  await Promise.all(
    [...byAccount].map(([account, messages]) => collectAccount(account, messages, env, { ...settings, hooks })),
  );
}

type Collecting = Settings & { hooks: Hooks };

async function collectAccount(
  account: string,
  messages: QueueMessage[],
  env: Env,
  settings: Collecting,
): Promise<void> {
  const left = new Set(messages);
  try {
    for (const mapped of mapRuns(messages, settings)) {
      const isStored = await storeRun(account, mapped, env);
      for (const { message } of mapped) {
        left.delete(message);
        if (isStored) message.ack();
        else message.retry({ delaySeconds: BACK_PRESSURE_SECONDS });
      }
    }
  } catch (error) {
    logDefect('collect failed; the queue keeps the batch', error);
    for (const message of left) retryLater(message);
  }
}

/** As many messages at a time as memory holds: one order may become a thousand items. */
function* mapRuns(messages: readonly QueueMessage[], settings: Collecting): Generator<Mapped[]> {
  let run: Mapped[] = [];
  let [items, units] = [0, 0];
  for (const message of messages) {
    const mapped = mapOrRetry(message, settings);
    if (!mapped) continue;
    run.push(mapped);
    items += mapped.items.length;
    units += countUnits(mapped.items);
    if (items < MAX_ITEMS_PER_RUN && units < MAX_STORE_UNITS) continue;
    yield run;
    [run, items, units] = [[], 0, 0];
  }
  if (run.length > 0) yield run;
}

/** A queue message says once what its events have in common; their properties say it each. */
function countUnits(items: readonly StoredItem[]): number {
  return items.reduce((sum, item) => sum + (item.lane === 'events' ? item.properties.length : 0), 0);
}

/** True once all of it is the Dispatcher's. What was stored before a failure comes again under the same ids. */
async function storeRun(account: string, mapped: readonly Mapped[], env: Env): Promise<boolean> {
  const now = Date.now();
  // First the links, so that events of the same batch already find the address that it brings.
  await saveIdentities(env.DB, account, latestOf(mapped.flatMap(({ links }) => links)), now);
  await saveAliases(
    env.DB,
    account,
    mapped.flatMap(({ aliases }) => aliases),
    now,
  );
  const dispatcher = env.DISPATCHER.getByName(`${account}:0`);
  for (const chunks of cutCalls(chunkItems(mapped.flatMap(({ items }) => items)))) {
    if (!(await dispatcher.store(account, chunks)).ok) return false;
  }
  return true;
}

/** Chunks that go over in one call each. */
function cutCalls(chunks: readonly Chunk[]): Chunk[][] {
  const sizes = chunks.map(({ items }) => items.length);
  return cutBySize(sizes, MAX_STORE_UNITS).map(([from, to]) => chunks.slice(from, to));
}

/** Every message of a known visitor states the same link, and each that is written is paid for. The order is kept. */
function latestOf(links: readonly Identity[]): Identity[] {
  const latest = new Map<string, Identity>();
  for (const link of links) {
    const key = [link.kind, link.id, link.email ?? undefined, link.phone ?? undefined].map(keyPart).join('');
    latest.delete(key);
    latest.set(key, link);
  }
  return [...latest.values()];
}

interface Mapped {
  message: QueueMessage;
  links: Identity[];
  aliases: Alias[];
  items: StoredItem[];
}

/** A message that our own code cannot map must not hold up its neighbours: it ends in the dead-letter queue. */
function mapOrRetry(message: QueueMessage, { config, hooks }: Collecting): Mapped | undefined {
  try {
    const body = unfoldMessage(message.body);
    const [links, aliases] = [linkIdentities(body, config), linkAliases(body, config)];
    return { message, links, aliases, items: mapMessage(body, config, hooks).map(storeItem) };
  } catch (error) {
    logDefect('a message could not be mapped', error);
    retryLater(message);
    return undefined;
  }
}

/** A version from a later release: another deploy will read it. */
function isReadable(message: QueueMessage): boolean {
  if (VERSIONS.includes(message.body?.v)) return true;
  logDefect('a message has an unknown version', new Error(`v ${message.body?.v}`));
  retryLater(message);
  return false;
}

/** A queue gives up after `max_retries`; asked again at once, it would do so within minutes of an outage. */
function retryLater(message: QueueMessage): void {
  message.retry({ delaySeconds: Math.min(BACK_PRESSURE_SECONDS, 2 ** message.attempts) });
}
