import { type GroupMessage, isJsonObject } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import { openCutLog } from './clean/CutLog.ts';
import { cleanProperties } from './clean/cleanProperties.ts';
import { wellFormed } from './clean/wellFormed.ts';
import { identifyProfile } from './identifyProfile.ts';
import type { Item, MemberItem } from './item.ts';
import type { MapSettings } from './mapSettings.ts';
import { readAttributes } from './profile/readAttributes.ts';
import { splitCompany } from './profile/splitCompany.ts';
import { readGroupList } from './readGroupList.ts';
import { identifyVisitor } from './who/identifyVisitor.ts';
import { isPublicTrait } from './who/isPublicTrait.ts';
import { readContacts } from './who/readContacts.ts';

/**
 * Maps a group: a person's company onto their profile, or, where a back end says that it is a Klaviyo list, to a place
 * on it.
 */
export function mapGroup(event: AcceptedEvent, message: GroupMessage, settings: MapSettings): Item[] {
  const list = readGroupList(message);
  if (list === undefined) return mapCompany(event, message, settings);
  return settings.trusted ? [joinList(event, message, list, settings)] : [];
}

function mapCompany(event: AcceptedEvent, message: GroupMessage, settings: MapSettings): Item[] {
  if (!settings.trusted && !isPublicTrait('company', settings.config.identity.publicTraits)) return [];
  const who = identifyProfile(message, readContacts(message, settings), settings);
  const log = openCutLog();
  const traits = cleanProperties(message.traits ?? {}, log);
  // Again as the property that they become, which is one level deeper.
  const { company: kept } = cleanProperties({ company: traits }, log);
  const company = { ...(message.groupId && { id: wellFormed(message.groupId) }), ...(isJsonObject(kept) && kept) };
  if (Object.keys(who).length === 0 || Object.keys(company).length === 0) return [];
  return [
    {
      lane: 'profiles',
      id: `${wellFormed(event.id)}#profile`,
      who,
      purpose: event.purpose,
      receivedAtMs: settings.receivedAtMs,
      attributes: readAttributes(splitCompany({ company }), { seenLocation: event.location, cuts: log.cuts }),
    },
  ];
}

function joinList(event: AcceptedEvent, message: GroupMessage, list: string, settings: MapSettings): MemberItem {
  return {
    lane: 'members',
    id: `${wellFormed(event.id)}#member:${list}`,
    who: identifyVisitor(message, settings),
    purpose: 'tracking',
    receivedAtMs: settings.receivedAtMs,
    action: 'add',
    list,
  };
}
