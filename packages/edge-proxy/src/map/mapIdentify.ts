import type { IdentifyMessage, JsonObject } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import { type CutLog, openCutLog } from './clean/CutLog.ts';
import { cleanProperties } from './clean/cleanProperties.ts';
import { wellFormed } from './clean/wellFormed.ts';
import { identifyProfile } from './identifyProfile.ts';
import type { ProfileItem, SingleProfileItem } from './item.ts';
import type { MapSettings } from './mapSettings.ts';
import { liftTraits } from './profile/liftTraits.ts';
import { readAttributes } from './profile/readAttributes.ts';
import { readPatch } from './profile/readPatch.ts';
import { splitCompany } from './profile/splitCompany.ts';
import { RESERVED_TRAITS } from './profile/traitFields.ts';
import { isPublicTrait } from './who/isPublicTrait.ts';
import { readContacts } from './who/readContacts.ts';
import { withoutContacts } from './who/withoutContacts.ts';

/**
 * Maps an identify to a change of a profile, and to a patch of it where it says one; nothing when all it knows is an
 * anonymous id, which profiles have not.
 */
export function mapIdentify(
  event: AcceptedEvent,
  message: IdentifyMessage,
  settings: MapSettings,
): (ProfileItem | SingleProfileItem)[] {
  const contacts = readContacts(message, settings);
  const who = identifyProfile(message, contacts, settings);
  if (Object.keys(who).length === 0) return [];
  const log = openCutLog();
  const sent = message.traits ?? {};
  const maySet = (trait: string) => settings.trusted || isPublicTrait(trait, settings.config.identity.publicTraits);
  const traits = withoutContacts(allowedTraits(sent, maySet, log), contacts);
  const patch = readPatch(sent, (trait) => !RESERVED_TRAITS.has(trait) && maySet(trait), log);
  // What a page may not set it may not have told of either.
  const cuts = log.cuts.filter(({ path }) => maySet(path.split('.')[0] ?? ''));
  const attributes = readAttributes(splitCompany(traits), { seenLocation: event.location, cuts });
  const id = wellFormed(event.id);
  const common = { who, purpose: event.purpose, receivedAtMs: settings.receivedAtMs };
  return [
    { lane: 'profiles', id: `${id}#profile`, ...common, attributes },
    // Apart from the attributes: bulk import cannot patch, and what it says of them must stay in its order.
    ...(patch ? [{ lane: 'profile' as const, id: `${id}#patch`, ...common, attributes: {}, patch }] : []),
  ];
}

function allowedTraits(sent: JsonObject, maySet: (trait: string) => boolean, log: CutLog): JsonObject {
  const traits = cleanProperties(liftTraits(sent), log);
  return Object.fromEntries(Object.entries(traits).filter(([trait]) => maySet(trait)));
}
