import { MAX_ID_CHARS } from '../limits.ts';
import { byteLength } from './byteLength.ts';
import { all, type Check, complain } from './check.ts';
import { email, isEmail } from './email.ts';
import { exceedsBytes } from './exceedsBytes.ts';
import { type Field, isObject, maybe, object, optional, required } from './object.ts';
import { isPhoneNumber, phone } from './phone.ts';
import { properties } from './properties.ts';
import { anything, literal, string, stringOrNumber, text } from './scalars.ts';

const location = object('location', {
  address1: maybe(string),
  address2: maybe(string),
  city: maybe(string),
  country: maybe(string),
  latitude: maybe(stringOrNumber),
  longitude: maybe(stringOrNumber),
  region: maybe(string),
  zip: maybe(string),
  timezone: maybe(string),
  ip: maybe(string),
});

const unset: Check = (value, at, on) => {
  const names = Array.isArray(value) ? value : [value];
  if (!names.every((name) => typeof name === 'string')) complain(on, at, 'Not a valid string or list of strings.');
};

export const profileMeta = object('meta', {
  patch_properties: optional(
    object('patch_properties', { append: maybe(properties), unappend: maybe(properties), unset: maybe(unset) }),
  ),
  // The spec names it and describes nothing: accepted, without effect.
  patch_identifiers: optional(
    object('patch_identifiers', { append: optional(anything), unappend: optional(anything) }),
  ),
});

/** The attributes that every endpoint takes. */
export const commonAttributes: Record<string, Field> = {
  email: maybe(email),
  phone_number: maybe(phone),
  external_id: maybe(text({ min: 1, max: MAX_ID_CHARS })),
  first_name: maybe(string),
  last_name: maybe(string),
  organization: maybe(string),
  locale: maybe(string),
  title: maybe(string),
  image: maybe(string),
  location: optional(location),
  properties: maybe(properties),
};

/** Events forgive a bad phone number beside a good e-mail; nothing else does. */
const forgivingPhone: Check = (profile, at, on) => {
  if (!isObject(profile) || profile.phone_number === undefined || profile.phone_number === null) return;
  if (isPhoneNumber(profile.phone_number) || isEmail(profile.email)) return;
  phone(profile.phone_number, `${at}/phone_number`, on);
};

/** Profile attributes inside an event; create_event keeps `meta` among them, bulk beside them. */
export function eventProfileAttributes(extra: Record<string, Field>): Check {
  const fields = {
    ...commonAttributes,
    phone_number: maybe(string),
    anonymous_id: identifier,
    _kx: maybe(string),
    ...extra,
  };
  return all(object('profile', fields), forgivingPhone);
}

/** At least one identifier, in `id` or among the attributes. */
export function hasIdentifier(names: readonly string[]): Check {
  return (resource, at, on) => {
    if (!isObject(resource) || !isObject(resource.attributes)) return;
    const given = { ...resource.attributes, id: resource.id };
    if (names.some((name) => Reflect.get(given, name))) return;
    complain(on, `${at}/attributes`, `One of ${names.join(', ')} must be given.`);
  };
}

export function withinBytes(max: number): Check {
  return (value, at, on) => {
    // One thing wrong with a profile is enough, and it was noted last.
    if (on.issues.at(-1)?.pointer.startsWith(at)) return;
    const text = JSON.stringify(value);
    if (exceedsBytes(text, max))
      complain(on, at, `The profile may have at most ${max} bytes, received ${byteLength(text)}.`);
  };
}

export const profileType = required(literal('profile'));
/** An `id`, or an `anonymous_id`. */
export const identifier = maybe(text({ max: MAX_ID_CHARS }));
