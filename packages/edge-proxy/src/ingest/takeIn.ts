import type { Config, IngestAnswer, Message, Source } from '@sluice/shared';
import { openDoor } from '../consent/openDoor.ts';
import type { EdgeFacts } from '../enrich/edgeFacts.ts';
import { enrichRequest } from '../enrich/enrichRequest.ts';
import { withoutIp } from '../enrich/withoutIp.ts';
import { enrichMore } from '../hooks/enrichMore.ts';
import { findRefusal } from '../hooks/findRefusal.ts';
import type { Hooks } from '../hooks/hooks.ts';
import type { AcceptedEvent } from './acceptedEvent.ts';
import { byContext } from './byContext.ts';
import { correctTime } from './correctTime.ts';
import { deriveIds } from './deriveIds.ts';
import type { ParsedBatch } from './parseBatch.ts';
import { type ParsedMessage, parseMessage } from './parseMessage.ts';
import { type Rejection, refuseMessage } from './refuseMessage.ts';

interface RequestFacts {
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
export async function takeIn(batch: ParsedBatch, facts: RequestFacts): Promise<TakenIn> {
  const taken: TakenIn = { events: [], rejected: [] };
  const deriveId = deriveIds(facts.source.id, batch.sentAt);
  const takeInOne = takeInEach(facts, batch.sentAt === undefined ? undefined : Date.parse(batch.sentAt));
  for (let index = 0; index < batch.messages.length; index++) {
    const parsed = parseMessage(batch.messages[index], batch.defaults);
    // Hardly any message is without an id, and each wait would cost more than all checks.
    const id = !parsed.ok ? parsed.id : (parsed.message.messageId ?? (await deriveId(parsed.message)));
    const result = parsed.ok ? takeInOne(parsed.message, id) : reject(parsed);
    if ('code' in result) taken.rejected.push({ index, ...result });
    else taken.events.push(result);
  }
  return taken;
}

function reject({ id, code, path }: Extract<ParsedMessage, { ok: false }>): Rejection {
  return { id, code, ...(path === undefined ? {} : { path }) };
}

/** What depends on the request alone is done once, and what depends on a context once for the messages that share it. */
function takeInEach({ source, config, edge, hooks, receivedAtMs }: RequestFacts, batchSentAtMs: number | undefined) {
  const admit = openDoor({ source, config, edge });
  const enrich = enrichRequest(edge, config.enrich);
  const keep = byContext(withoutIp);
  const dropsBots = config.enrich.bots === 'drop' && source.kind === 'public';
  const hookFacts = { source: source.id, kind: source.kind, receivedAtMs };
  return (message: Message, id: string): AcceptedEvent | Rejection => {
    const refused = refuseMessage(message, source, config);
    if (refused) return { id, ...refused };
    const door = admit(message);
    if (!door.ok) return { id, code: door.reason };
    const known = door.isTracked ? enrich(message) : undefined;
    // A back end chose to send its event, and a payment provider's webhook has a bot's user agent too.
    if (dropsBots && known?.isBot) return { id, code: 'bot_refused' };
    const context = keep(message);
    const accepted: AcceptedEvent = {
      message: context === message.context ? message : { ...message, context },
      id,
      timeMs: correctTime(message.timestamp, message.sentAt ? Date.parse(message.sentAt) : batchSentAtMs, receivedAtMs),
      purpose: door.purpose,
    };
    if (!door.isTracked) accepted.onlyTransactional = true;
    if (known?.location) accepted.location = known.location;
    if (known?.visit) accepted.visit = known.visit;
    const refusal = findRefusal(accepted, hookFacts, hooks);
    return refusal ? { id, code: refusal } : enrichMore(accepted, hookFacts, hooks);
  };
}
