import type { ProfileResource } from '../wire.ts';
import { applyProfile } from './applyProfile.ts';
import { losesReserved } from './losesReserved.ts';
import { noteDropped } from './noteDropped.ts';
import { resolveForEvent } from './resolveForEvent.ts';
import type { Account, World } from './types.ts';

/**
 * What a browser says about its visitor. Found as the owner of an event is: identifiers that the profile has already
 * stay (reference, create_client_profile), and there is nobody left to tell of a conflict.
 */
export function runProfileTask(
  world: World,
  account: Account,
  request: { profile: ProfileResource; nowMs: number },
): void {
  const { nowMs } = request;
  const { id, attributes, meta = attributes.meta } = request.profile;
  const lost = { atMs: nowMs, what: 'profile', detail: 'client profile' } as const;
  if (losesReserved(world, account, { ...lost, email: attributes.email })) return;
  const profile = resolveForEvent(world, account, { identifiers: { ...attributes, id }, nowMs });
  if (profile) applyProfile(profile, { attributes, meta, nowMs });
  else noteDropped(account, { ...lost, reason: 'unknown_profile_id', detail: `client profile ${id}` });
}
