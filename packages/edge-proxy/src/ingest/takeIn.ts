import {
  type Config,
  ConsentContextSchema,
  type DoorFacts,
  decideDoor,
  type IngestAnswer,
  type Source,
} from '@sluice/shared';
import { policyOf } from '../consent/policyOf.ts';
import { readCountry } from '../consent/readCountry.ts';
import type { EdgeFacts } from '../enrich/edgeFacts.ts';
import { type Enriched, enrich } from '../enrich/enrich.ts';
import { withoutIp } from '../enrich/withoutIp.ts';
import { enrichMore } from '../hooks/enrichMore.ts';
import { findRefusal } from '../hooks/findRefusal.ts';
import type { Hooks } from '../hooks/hooks.ts';
import type { AcceptedEvent } from './acceptedEvent.ts';
import { correctTime } from './correctTime.ts';
import type { ParsedBatch } from './parseBatch.ts';
import { parseMessage } from './parseMessage.ts';

interface DoorContext {
  source: Source;
  config: Config;
  edge: EdgeFacts;
  hooks: Hooks;
  receivedAtMs: number;
}

export interface TakenIn {
  events: AcceptedEvent[];
  rejected: IngestAnswer['rejected'];
}

/** Takes each message of a batch through the door: its shape, its time, its consent, what is known of it. One bad message sinks no other. */
export async function takeIn({ messages, sentAt }: ParsedBatch, context: DoorContext): Promise<TakenIn> {
  const taken: TakenIn = { events: [], rejected: [] };
  for (const [index, raw] of messages.entries()) {
    const result = await takeInOne(raw, `${context.source.id}:${index}`, sentAt, context);
    if ('code' in result) taken.rejected.push({ index, ...result });
    else taken.events.push(result);
  }
  return taken;
}

/** What an alias is about: without one of them it would say nothing. */
const ALIASED = ['previousId', 'userId'] as const;

type Rejection = Omit<IngestAnswer['rejected'][number], 'index'>;

async function takeInOne(
  raw: unknown,
  seed: string,
  sentAt: string | undefined,
  context: DoorContext,
): Promise<AcceptedEvent | Rejection> {
  const parsed = await parseMessage(raw, seed);
  if (!parsed.ok)
    return { id: parsed.id, code: parsed.code, ...(parsed.path === undefined ? {} : { path: parsed.path }) };
  const { message, id } = parsed;
  // Klaviyo has no counterpart that it could become yet; taking it in would be losing it quietly.
  if (message.type === 'group') return { id, code: 'event_invalid', path: 'type' };
  const missing = message.type === 'alias' ? ALIASED.find((name) => !message[name]) : undefined;
  if (missing) return { id, code: 'event_invalid', path: missing };
  const { source, config, edge, hooks, receivedAtMs } = context;
  const event = message.type === 'track' ? message.event : undefined;
  if (source.kind === 'public' && event !== undefined && config.events.serverOnly.includes(event))
    return { id, code: 'event_server_only', path: 'event' };
  const asked: DoorFacts = {
    event,
    consent: ConsentContextSchema.nullish().parse(message.context?.consent),
    country: readCountry(message, source.kind, edge.location.country),
    sourceKind: source.kind,
    policy: policyOf(source, config),
  };
  const door = decideDoor(asked);
  if (!door.ok) return { id, code: door.reason };
  // An order of somebody who refused goes as what it is, and says nothing more of them.
  const isTracked = door.purpose === 'tracking' || decideDoor({ ...asked, event: undefined }).ok;
  const { isBot, ...added }: Enriched = isTracked ? enrich(message, edge, config.enrich) : { isBot: false };
  // A back end chose to send its event, and a payment provider's webhook has a bot's user agent too.
  if (isBot && config.enrich.bots === 'drop' && source.kind === 'public') return { id, code: 'bot_refused' };
  const accepted: AcceptedEvent = {
    message: withoutIp(message),
    id,
    timeMs: correctTime(message.timestamp, message.sentAt ?? sentAt, receivedAtMs),
    purpose: door.purpose,
    ...added,
  };
  const facts = { source: source.id, kind: source.kind, receivedAtMs };
  const refusal = findRefusal(accepted, facts, hooks);
  return refusal ? { id, code: refusal } : enrichMore(accepted, facts, hooks);
}
