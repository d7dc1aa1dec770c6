import { isEmail } from '../validate/email.ts';
import { isPhoneNumber } from '../validate/phone.ts';
import type { ProfileResource } from '../wire.ts';
import { losesReserved } from './losesReserved.ts';
import type { Account, ImportError, Profile, World } from './types.ts';
import { upsertProfile } from './upsertProfile.ts';
import { withoutNulls } from './withoutNulls.ts';

export type ImportProblem = Pick<ImportError, 'code' | 'detail' | 'title'> & { at: string };

/** Without a profile: Klaviyo took it and lost it. */
type Imported = { ok: true; profile?: Profile } | { ok: false; problem: ImportProblem };

/** Writes one profile of a bulk import. */
export function importProfile(
  world: World,
  account: Account,
  { resource, nowMs }: { resource: ProfileResource; nowMs: number },
): Imported {
  const problem = findProblem(resource);
  if (problem) return { ok: false, problem };
  const { email } = resource.attributes;
  const lost = losesReserved(world, account, { email, atMs: nowMs, what: 'profile', detail: 'bulk import' });
  if (lost) return { ok: true };
  const ignoresNulls = world.settings.assume.bulkImportNulls === 'ignore';
  const written = upsertProfile(world, account, { resource: ignoresNulls ? dropNulls(resource) : resource, nowMs });
  return written.ok ? written : { ok: false, problem: explain(written) };
}

function findProblem({ attributes }: ProfileResource): ImportProblem | undefined {
  const title = 'Invalid input.';
  if (attributes.email && !isEmail(attributes.email))
    return { code: 'invalid', title, detail: 'Invalid email address.', at: 'attributes/email' };
  if (attributes.phone_number && !isPhoneNumber(attributes.phone_number))
    return { code: 'invalid', title, detail: 'Invalid phone number format.', at: 'attributes/phone_number' };
  return undefined;
}

/** Integrators: a bulk import cannot write nulls, so that nothing is cleared by it. */
function dropNulls({ attributes, ...rest }: ProfileResource): ProfileResource {
  const { location, properties, ...plain } = attributes;
  const places = { ...(location && { location: withoutNulls(location) }) };
  const own = { ...(properties && { properties: withoutNulls(properties) }) };
  return { ...rest, attributes: { ...withoutNulls(plain), ...places, ...own } };
}

function explain(failure: { reason: 'unknown_id' | 'duplicate' }): ImportProblem {
  if (failure.reason === 'unknown_id')
    return { code: 'not_found', title: 'Not found.', detail: 'A profile with this id does not exist.', at: 'id' };
  const detail = 'A profile already exists with one of these identifiers.';
  return { code: 'duplicate_profile', title: 'Conflict.', detail, at: 'attributes' };
}
