import type { JsonObject } from '@sluice/shared';

/** What Klaviyo's own scripts call traits that have a name in Segment's specification or Klaviyo's API. */
const PLAIN = new Map([
  ['$email', 'email'],
  ['$phone_number', 'phone'],
  ['$first_name', 'first_name'],
  ['$last_name', 'last_name'],
  ['$organization', 'organization'],
  ['$title', 'title'],
  ['$image', 'image'],
  ['$locale', 'locale'],
  ['$timezone', 'timezone'],
]);
const PLACE = new Map(['address1', 'address2', 'city', 'region', 'zip', 'country'].map((key) => [`$${key}`, key]));

/** Gives Klaviyo's `$` traits their plain names, where those are not taken; a place becomes an `address`. */
export function liftTraits(traits: JsonObject): JsonObject {
  const keys = Object.keys(traits).filter((key) => key.startsWith('$'));
  if (keys.length === 0) return traits;
  return { ...rename(traits, keys, PLAIN), ...liftPlace(traits, keys), ...traits };
}

function liftPlace(traits: JsonObject, keys: readonly string[]): JsonObject {
  const address = rename(traits, keys, PLACE);
  return Object.keys(address).length > 0 ? { address } : {};
}

function rename(traits: JsonObject, keys: readonly string[], names: ReadonlyMap<string, string>): JsonObject {
  const entries = keys.flatMap((key) => {
    const [name, value] = [names.get(key), traits[key]];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
