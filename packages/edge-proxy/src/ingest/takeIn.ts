import {
  type Config,
  type ConsentContext,
  type ConsentPolicy,
  type DoorFacts,
  decideDoor,
  type IngestAnswer,
  type Message,
  type Source,
  type TrackMessage,
} from '@sluice/shared';
import { policyOf } from '../consent/policyOf.ts';
import { readCountry } from '../consent/readCountry.ts';
import { rememberTcf } from '../consent/rememberTcf.ts';
import type { EdgeFacts } from '../enrich/edgeFacts.ts';
import { type Enriched, enrich } from '../enrich/enrich.ts';
import { withoutIp } from '../enrich/withoutIp.ts';
import { enrichMore } from '../hooks/enrichMore.ts';
import { findRefusal } from '../hooks/findRefusal.ts';
import type { Hooks } from '../hooks/hooks.ts';
import { readEvent } from '../map/readEvent.ts';
import type { AcceptedEvent } from './acceptedEvent.ts';
import { correctTime } from './correctTime.ts';
import { deriveIds } from './deriveIds.ts';
import type { ParsedBatch } from './parseBatch.ts';
import { type ParsedMessage, parseMessage } from './parseMessage.ts';
import { type Rejection, refuseMessage } from './refuseMessage.ts';

interface DoorContext {
  source: Source;
  config: Config;
  edge: EdgeFacts;
  hooks: Hooks;
  receivedAtMs: number;
}

/** Beside it, what is known of this one request. */
interface RequestContext extends DoorContext {
  readTcf: ReturnType<typeof rememberTcf>;
}

export interface TakenIn {
  events: AcceptedEvent[];
  rejected: IngestAnswer['rejected'];
}

/** Takes each message of a batch through the door: its shape, its time, its consent, what is known of it. One bad message sinks no other. */
export async function takeIn(batch: ParsedBatch, door: DoorContext): Promise<TakenIn> {
  const taken: TakenIn = { events: [], rejected: [] };
  const context: RequestContext = { ...door, readTcf: rememberTcf() };
  const deriveId = deriveIds(context.source.id, batch.sentAt);
  const sentAtMs = batch.sentAt === undefined ? undefined : Date.parse(batch.sentAt);
  for (const [index, raw] of batch.messages.entries()) {
    const parsed = parseMessage(raw, batch.defaults);
    // Hardly any message is without an id, and each wait would cost more than all checks.
    const id = !parsed.ok ? parsed.id : (parsed.message.messageId ?? (await deriveId(parsed.message)));
    const result = parsed.ok ? takeInOne(parsed.message, id, sentAtMs, context) : reject(parsed);
    if ('code' in result) taken.rejected.push({ index, ...result });
    else taken.events.push(result);
  }
  return taken;
}

function reject({ id, code, path }: Extract<ParsedMessage, { ok: false }>): Rejection {
  return { id, code, ...(path === undefined ? {} : { path }) };
}

function takeInOne(
  message: Message,
  id: string,
  batchSentAtMs: number | undefined,
  context: RequestContext,
): AcceptedEvent | Rejection {
  const { source, config, edge, hooks, receivedAtMs } = context;
  const refused = refuseMessage(message, source, config);
  if (refused) return { id, ...refused };
  const policy = policyOf(source, config);
  const consent = readConsent(message);
  const asked: DoorFacts = {
    event: message.type === 'track' ? nameAtDoor(message, policy) : undefined,
    consent,
    tcfPurposes: context.readTcf(consent?.tcf),
    country: readCountry(message, source.kind, edge.location.country),
    sourceKind: source.kind,
    policy,
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
    timeMs: correctTime(message.timestamp, message.sentAt ? Date.parse(message.sentAt) : batchSentAtMs, receivedAtMs),
    purpose: door.purpose,
    ...(isTracked ? {} : { onlyTransactional: true }),
    ...added,
  };
  const facts = { source: source.id, kind: source.kind, receivedAtMs };
  const refusal = findRefusal(accepted, facts, hooks);
  return refusal ? { id, code: refusal } : enrichMore(accepted, facts, hooks);
}

/** The policy may list an event as it came, or as what it is. */
function nameAtDoor(message: TrackMessage, { transactional }: ConsentPolicy): string {
  return transactional.includes(message.event) ? message.event : readEvent(message);
}

/** What the message says of consent; its shape was checked with the message's. */
function readConsent({ context }: Message): ConsentContext | null | undefined {
  return context?.consent as ConsentContext | null | undefined;
}
