import { type Config, ConsentContextSchema, decideDoor, type IngestAnswer, type Source } from '@sluice/shared';
import { policyOf } from '../consent/policyOf.ts';
import { readCountry } from '../consent/readCountry.ts';
import type { Location } from '../klaviyo/profileAttributes.ts';
import type { AcceptedEvent } from './acceptedEvent.ts';
import { correctTime } from './correctTime.ts';
import type { ParsedBatch } from './parseBatch.ts';
import { parseMessage } from './parseMessage.ts';

interface DoorContext {
  source: Source;
  config: Config;
  /** Where the edge sees the sender. */
  location: Location;
  receivedAtMs: number;
}

export interface TakenIn {
  events: AcceptedEvent[];
  rejected: IngestAnswer['rejected'];
}

/** Takes each message of a batch through the door: its shape, its time, its consent, its place. One bad message sinks no other. */
export async function takeIn({ messages, sentAt }: ParsedBatch, context: DoorContext): Promise<TakenIn> {
  const taken: TakenIn = { events: [], rejected: [] };
  for (const [index, raw] of messages.entries()) {
    const result = await takeInOne(raw, `${context.source.id}:${index}`, sentAt, context);
    if ('code' in result) taken.rejected.push({ index, ...result });
    else taken.events.push(result);
  }
  return taken;
}

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
  // Klaviyo has no counterpart that these could become yet; taking them in would be losing them quietly.
  if (message.type === 'alias' || message.type === 'group') return { id, code: 'event_invalid', path: 'type' };
  const { source, config, location, receivedAtMs } = context;
  const event = message.type === 'track' ? message.event : undefined;
  if (source.kind === 'public' && event !== undefined && config.events.serverOnly.includes(event))
    return { id, code: 'event_server_only', path: 'event' };
  const door = decideDoor({
    event,
    consent: ConsentContextSchema.nullish().parse(message.context?.consent),
    country: readCountry(message, source.kind, location.country),
    sourceKind: source.kind,
    policy: policyOf(source, config),
  });
  if (!door.ok) return { id, code: door.reason };
  const isVisitorsPlace = source.kind === 'public' && config.enrich.location && Object.keys(location).length > 0;
  return {
    message,
    id,
    timeMs: correctTime(message.timestamp, message.sentAt ?? sentAt, receivedAtMs),
    purpose: door.purpose,
    ...(isVisitorsPlace ? { location } : {}),
  };
}
