import { findProfile } from '../../state/findProfile.ts';
import type { Account } from '../../state/types.ts';
import type { ProfileResource } from '../../wire.ts';

/** Integrators report 400 for a malformed or expired `_kx`, even beside a good e-mail. */
export function isUnknownExchangeId(account: Account, { attributes }: ProfileResource): boolean {
  return Boolean(attributes._kx) && !findProfile(account, '_kx', attributes._kx ?? '');
}
