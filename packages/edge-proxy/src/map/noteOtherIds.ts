import type { Message } from '@sluice/shared';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { boundId } from './clean/boundId.ts';
import type { Item } from './item.ts';
import { readExternalId } from './who/readExternalId.ts';

/** Keeps with an item the ids of its message that do not go out: a no that was said under one of them counts too. */
export function noteOtherIds(item: Item, message: Message): Item {
  if (item.purpose !== 'tracking') return item;
  const also: Identifiers = {};
  const externalId = item.who.external_id === undefined ? readExternalId(message) : undefined;
  if (externalId !== undefined) also.external_id = externalId;
  if (item.who.anonymous_id === undefined && message.anonymousId) also.anonymous_id = boundId(message.anonymousId);
  return Object.keys(also).length > 0 ? { ...item, also } : item;
}
