import { MAX_IMPORT_PROFILES, MAX_PROFILE_BYTES } from '../../limits.ts';
import { array } from '../array.ts';
import { all, type Check } from '../check.ts';
import { maybe, object, optional, required } from '../object.ts';
import { commonAttributes, hasIdentifier, identifier, profileMeta, profileType, withinBytes } from '../profile.ts';
import { literal, string } from '../scalars.ts';

const IDENTIFIERS = ['email', 'phone_number', 'external_id'];
const upsertAttributes = { ...commonAttributes, _kx: maybe(string) };
const meta = optional(profileMeta);

const data = (resource: Check) => object('profile', { data: required(resource) });

export const createProfileBody = data(
  all(
    object('profile', { type: profileType, attributes: required(object('profile', commonAttributes)) }),
    hasIdentifier(IDENTIFIERS),
    withinBytes(MAX_PROFILE_BYTES),
  ),
);

export const updateProfileBody = data(
  all(
    object('profile', {
      type: profileType,
      id: required(string),
      attributes: required(object('profile', commonAttributes)),
      meta,
    }),
    withinBytes(MAX_PROFILE_BYTES),
  ),
);

const upsertResource = all(
  object('profile', {
    type: profileType,
    id: identifier,
    attributes: required(object('profile', upsertAttributes)),
    meta,
  }),
  hasIdentifier([...IDENTIFIERS, '_kx', 'id']),
  withinBytes(MAX_PROFILE_BYTES),
);

export const profileImportBody = data(upsertResource);

/** With `bulkImportInvalid: 'job'`, bad addresses pass here and become import errors. */
const importAttributes: Check = (value, at, on) => {
  const lenient = { ...upsertAttributes, email: maybe(string), phone_number: maybe(string) };
  object('profile', on.assume.bulkImportInvalid === 'job' ? lenient : upsertAttributes)(value, at, on);
};

const importResource = all(
  object('profile', { type: profileType, id: identifier, attributes: required(importAttributes), meta }),
  hasIdentifier([...IDENTIFIERS, '_kx', 'id']),
  withinBytes(MAX_PROFILE_BYTES),
);

const listReference = object('list', { type: required(literal('list')), id: required(string) });

export const bulkImportBody = object('profile-bulk-import-job', {
  data: required(
    object('profile-bulk-import-job', {
      type: required(literal('profile-bulk-import-job')),
      attributes: required(
        object('profile-bulk-import-job', {
          profiles: required(
            object('profiles', {
              data: required(array(importResource, { min: 1, max: MAX_IMPORT_PROFILES, what: 'profiles' })),
            }),
          ),
        }),
      ),
      relationships: optional(
        object('relationships', {
          lists: optional(object('lists', { data: optional(array(listReference, { what: 'lists' })) })),
        }),
      ),
    }),
  ),
});

const profileReference = object('profile', { type: profileType, id: required(string) });

export const mergeBody = object('profile-merge', {
  data: required(
    object('profile-merge', {
      type: required(literal('profile-merge')),
      id: required(string),
      relationships: required(
        object('relationships', {
          // The spec's array takes exactly one source.
          profiles: required(
            object('profiles', {
              data: required(array(profileReference, { min: 1, max: 1, what: 'source profiles' })),
            }),
          ),
        }),
      ),
    }),
  ),
});
