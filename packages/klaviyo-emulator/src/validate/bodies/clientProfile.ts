import { MAX_PROFILE_BYTES } from '../../limits.ts';
import { all } from '../check.ts';
import { maybe, object, optional, required } from '../object.ts';
import { commonAttributes, hasIdentifier, identifier, profileMeta, profileType, withinBytes } from '../profile.ts';
import { string } from '../scalars.ts';

const IDENTIFIERS = ['id', 'email', 'phone_number', 'external_id', 'anonymous_id', '_kx'];

/** As profile-import, and `anonymous_id`, by which a page knows its visitor. */
export const clientProfileBody = object('profile', {
  data: required(
    all(
      object('profile', {
        type: profileType,
        id: identifier,
        attributes: required(object('profile', { ...commonAttributes, anonymous_id: identifier, _kx: maybe(string) })),
        meta: optional(profileMeta),
      }),
      hasIdentifier(IDENTIFIERS),
      withinBytes(MAX_PROFILE_BYTES),
    ),
  ),
});
