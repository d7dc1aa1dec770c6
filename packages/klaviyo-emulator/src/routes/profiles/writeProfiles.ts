import type { Answer, Call, Route } from '../../http/Call.ts';
import { duplicateProfile, invalid } from '../../http/problem.ts';
import { presentProfile } from '../../present/presentProfile.ts';
import { applyProfile } from '../../state/applyProfile.ts';
import { findMatches } from '../../state/findProfile.ts';
import { setIdentifiers } from '../../state/setIdentifiers.ts';
import type { Profile } from '../../state/types.ts';
import { upsertProfile } from '../../state/upsertProfile.ts';
import { createProfileBody, profileImportBody, updateProfileBody } from '../../validate/bodies/profiles.ts';
import { asChecked, type ProfileBody } from '../../wire.ts';
import { isUnknownExchangeId } from '../events/isUnknownExchangeId.ts';
import { noProfile } from './readProfiles.ts';

function answerProfile(call: Call, status: 200 | 201, profile: Profile): Answer {
  const data = presentProfile(call, profile);
  return { status, body: { data, links: { self: data.links.self } } };
}

export const createProfileRoute: Route = {
  operation: 'create_profile',
  check: createProfileBody,
  countItems: () => 1,
  handle(call) {
    const { world, account, nowMs } = call;
    const { data } = asChecked<ProfileBody>(call.body);
    const [known] = findMatches(account, data.attributes);
    if (known) return duplicateProfile(known.profile.id);
    const result = upsertProfile(world, account, { resource: data, nowMs });
    return result.ok ? answerProfile(call, 201, result.profile) : invalid('/data', 'The profile cannot be created.');
  },
};

/** profile-import: 201 for a new profile, 200 for a known one, 409 when the identifiers name two. */
export const createOrUpdateProfile: Route = {
  operation: 'create_or_update_profile',
  check: profileImportBody,
  countItems: () => 1,
  handle(call) {
    const { world, account, nowMs } = call;
    const { data } = asChecked<ProfileBody>(call.body);
    if (isUnknownExchangeId(account, data)) return invalid('/data/attributes/_kx', 'Invalid or expired exchange id.');
    const result = upsertProfile(world, account, { resource: data, nowMs });
    if (result.ok) return answerProfile(call, result.created ? 201 : 200, result.profile);
    return result.reason === 'duplicate' ? duplicateProfile(result.duplicateId) : noProfile(result.id);
  },
};

export const updateProfile: Route = {
  operation: 'update_profile',
  check: updateProfileBody,
  countItems: () => 1,
  handle(call) {
    const { world, account, nowMs } = call;
    const { data } = asChecked<ProfileBody>(call.body);
    if (data.id !== call.id) return invalid('/data/id', 'The id of the body and of the path must be the same.');
    const profile = account.profiles.get(call.id);
    if (!profile) return noProfile(call.id);
    const other = findMatches(account, data.attributes).find((match) => match.profile !== profile);
    if (other) return duplicateProfile(other.profile.id);
    setIdentifiers(account, profile, data.attributes);
    applyProfile(profile, { attributes: data.attributes, meta: data.meta, nowMs });
    world.version += 1;
    return answerProfile(call, 200, profile);
  },
};
