import type { LedgerKeys } from '../settings.ts';

/** The ledger's key of a version. A missing one must never pass as an empty key, which anyone could compute with. */
export function ledgerSecret({ keys }: LedgerKeys, version: string): string {
  const secret = Object.hasOwn(keys, version) ? keys[version] : undefined;
  if (!secret) throw new Error(`LEDGER_KEYS has no key of version ${version}`);
  return secret;
}
