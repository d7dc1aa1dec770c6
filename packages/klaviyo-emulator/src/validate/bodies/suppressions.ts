import { MAX_SUPPRESS_PROFILES } from '../../limits.ts';
import { array } from '../array.ts';
import { all, type Check, complain } from '../check.ts';
import { email } from '../email.ts';
import { isObject, maybe, object, optional, required } from '../object.ts';
import { profileType } from '../profile.ts';
import { literal, string } from '../scalars.ts';

const profile = object('profile', {
  type: profileType,
  attributes: required(object('profile', { email: required(email) })),
});

const reference = (type: 'list' | 'segment') =>
  object(type, { data: required(object(type, { type: required(literal(type)), id: required(string) })) });

/** Spec: the profiles are given, or a list or a segment names them. */
const namesOneSource: Check = (data, at, on) => {
  if (!isObject(data) || !isObject(data.attributes)) return;
  const { list, segment } = isObject(data.relationships) ? data.relationships : {};
  const given = [data.attributes.profiles, list, segment].filter((source) => source !== undefined && source !== null);
  if (given.length !== 1) complain(on, at, 'Exactly one of profiles, a list and a segment must be given.');
};

/** Suppress and unsuppress differ in their name only. */
export function suppressionBody(type: string): Check {
  const profiles = array(profile, { min: 1, max: MAX_SUPPRESS_PROFILES, what: 'profiles' });
  const job = object(type, {
    type: required(literal(type)),
    attributes: required(object(type, { profiles: maybe(object('profiles', { data: required(profiles) })) })),
    relationships: optional(
      object('relationships', { list: optional(reference('list')), segment: optional(reference('segment')) }),
    ),
  });
  return object(type, { data: required(all(job, namesOneSource)) });
}
