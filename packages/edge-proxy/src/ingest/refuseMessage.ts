import type { Config, GroupMessage, IngestAnswer, Message, Source } from '@sluice/shared';
import { isServerOnly } from '../map/isServerOnly.ts';
import { namesList, readGroupList } from '../map/readGroupList.ts';

/** Why one message of a batch is not taken. */
export type Rejection = Omit<IngestAnswer['rejected'][number], 'index'>;

/** What an alias is about: without one of them it would say nothing. */
const ALIASED = ['previousId', 'userId'] as const;

/** Refuses what its sender may not say, and what says nothing, before anybody asks for consent. */
export function refuseMessage(message: Message, source: Source, config: Config): Omit<Rejection, 'id'> | undefined {
  if (source.kind === 'public' && isServerOnly(message, config.events))
    return { code: 'event_server_only', path: 'event' };
  if (message.type === 'group') return refuseList(message, source);
  const missing = message.type === 'alias' ? ALIASED.find((name) => !message[name]) : undefined;
  return missing && { code: 'event_invalid', path: missing };
}

/** Who is put on a list is a back end's word, with a key that may touch lists. */
function refuseList(message: GroupMessage, source: Source): Omit<Rejection, 'id'> | undefined {
  if (!namesList(message)) return undefined;
  if (source.kind === 'public') return { code: 'field_untrusted', path: 'context.klaviyo.list' };
  if (!source.scopes.includes('lists')) return { code: 'key_scope', path: 'context.klaviyo.list' };
  return readGroupList(message) === undefined ? { code: 'event_invalid', path: 'groupId' } : undefined;
}
