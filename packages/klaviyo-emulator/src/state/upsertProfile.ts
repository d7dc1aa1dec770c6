import type { ProfileResource } from '../wire.ts';
import { applyProfile } from './applyProfile.ts';
import { createProfile } from './createProfile.ts';
import { findMatches } from './findProfile.ts';
import { setIdentifiers } from './setIdentifiers.ts';
import type { Account, Profile, World } from './types.ts';

type Upsert =
  | { ok: true; profile: Profile; created: boolean }
  | { ok: false; reason: 'unknown_id'; id: string }
  | { ok: false; reason: 'duplicate'; duplicateId: string };

/** Creates or updates one profile as profile-import and bulk import do. Never touches consent. */
export function upsertProfile(
  world: World,
  account: Account,
  request: { resource: ProfileResource; nowMs: number },
): Upsert {
  const { resource, nowMs } = request;
  if (resource.id && !account.profiles.has(resource.id)) return { ok: false, reason: 'unknown_id', id: resource.id };
  const identifiers = { ...resource.attributes, id: resource.id };
  const [first, second] = findMatches(account, identifiers);
  if (second) return { ok: false, reason: 'duplicate', duplicateId: second.profile.id };
  const profile = first?.profile ?? createProfile(world, account, nowMs);
  setIdentifiers(account, profile, resource.attributes);
  applyProfile(profile, { attributes: resource.attributes, meta: resource.meta, nowMs });
  world.version += 1;
  return { ok: true, profile, created: first === undefined };
}
