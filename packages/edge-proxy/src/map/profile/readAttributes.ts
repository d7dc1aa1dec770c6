import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';
import type { Location, ProfileAttributes } from '../../klaviyo/profileAttributes.ts';
import type { Cut } from '../clean/CutLog.ts';
import { capProperties } from '../clean/capProperties.ts';
import { splitFields } from '../read/splitFields.ts';
import { ATTRIBUTES, LOCATION, TIME_ZONE } from './traitFields.ts';

interface Seen {
  /** Where the edge saw the person. */
  seenLocation: Location | undefined;
  /** What of the traits was left out. */
  cuts: readonly Cut[];
}

/** Turns clean traits into Klaviyo's attributes; those it has none for become properties under their own names. */
export function readAttributes(traits: JsonObject, { seenLocation, cuts }: Seen): ProfileAttributes {
  const { named, rest } = splitFields(traits, ATTRIBUTES);
  const zone = splitFields(rest, TIME_ZONE);
  const address = splitPlace(zone.rest.address);
  const location = splitPlace(zone.rest.location);
  const said = { ...location.named, ...address.named };
  // What the person says of where they live beats where the edge saw them.
  const place = { ...(hasKeys(said) ? said : seenLocation), ...zone.named };
  const unplaced = { ...zone.rest, address: address.rest, location: location.rest };
  const properties = capProperties(withoutEmpty(unplaced), cuts);
  return {
    ...asAttributes(named),
    ...(hasKeys(place) && { location: place }),
    ...(hasKeys(properties) && { properties }),
  };
}

/** Sound because every field of `ATTRIBUTES` reads a text. */
function asAttributes(named: JsonObject): ProfileAttributes {
  return named as ProfileAttributes;
}

/** The parts of a place that Klaviyo's location has no room for stay in the property. */
function splitPlace(value: Json | undefined): { named: JsonObject; rest: Json } {
  if (!isJsonObject(value)) return { named: {}, rest: value ?? null };
  const { named, rest } = splitFields(value, [...LOCATION, ...TIME_ZONE]);
  return hasKeys(named) && !hasKeys(rest) ? { named, rest: null } : { named, rest };
}

/** Bulk import cannot write a null, and who sends one rarely means to erase: `$unset` says that. */
function withoutEmpty(properties: Record<string, Json>): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}

function hasKeys(object: object): boolean {
  return Object.keys(object).length > 0;
}
