import { isJsonObject, type JsonObject } from '@sluice/shared';
import type { Location, ProfileAttributes } from '../../klaviyo/profileAttributes.ts';
import { capProperties } from '../clean/capProperties.ts';
import { splitFields } from '../read/splitFields.ts';
import { ATTRIBUTES, LOCATION } from './traitFields.ts';

/** Turns clean traits into Klaviyo's attributes; those it has none for become properties under their own names. */
export function readAttributes(traits: JsonObject, seenLocation: Location | undefined): ProfileAttributes {
  const { named, rest } = splitFields(traits, ATTRIBUTES);
  const address = splitFields(isJsonObject(rest.address) ? rest.address : {}, LOCATION);
  // What the person says of where they live beats where the edge saw them.
  const location = hasKeys(address.named) ? address.named : seenLocation;
  const properties = hasKeys(address.named) ? withAddress(rest, address.rest) : rest;
  return {
    ...asAttributes(named),
    ...(location && { location }),
    ...(hasKeys(properties) && { properties: capProperties(properties) }),
  };
}

/** Sound because every field of `ATTRIBUTES` reads a text. */
function asAttributes(named: JsonObject): ProfileAttributes {
  return named as ProfileAttributes;
}

/** The parts of an address that Klaviyo's location has no place for stay in the property. */
function withAddress({ address: _, ...others }: JsonObject, addressRest: JsonObject): JsonObject {
  return hasKeys(addressRest) ? { ...others, address: addressRest } : others;
}

function hasKeys(object: object): boolean {
  return Object.keys(object).length > 0;
}
