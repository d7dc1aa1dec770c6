import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import type { LedgerKeys } from '../settings.ts';
import { hmacHex } from './hmac.ts';
import { ledgerSecret } from './ledgerSecret.ts';

type SubjectKind = 'email' | 'phone' | 'external' | 'anonymous';

/** A person's identifier as the ledger knows it: an HMAC, so that the trail outlives the erasure of the address. */
export interface Subject {
  subject: string;
  kind: SubjectKind;
  keyVersion: string;
}

const KIND_OF: Readonly<Partial<Record<keyof Identifiers, SubjectKind>>> = {
  email: 'email',
  phone_number: 'phone',
  external_id: 'external',
  anonymous_id: 'anonymous',
};

/** The subjects of one person's identifiers, which must be normalised already. */
export async function subjectsOf(account: string, who: Identifiers, keys: LedgerKeys): Promise<Subject[]> {
  const { current } = keys;
  const secret = ledgerSecret(keys, current);
  const subjects: Promise<Subject>[] = [];
  for (const [name, kind] of Object.entries(KIND_OF)) {
    const value = who[name as keyof Identifiers];
    if (value === undefined) continue;
    const hash = hmacHex(secret, `subject:${account}:${kind}`, value);
    subjects.push(hash.then((hex) => ({ subject: `${current}.${hex}`, kind, keyVersion: current })));
  }
  return Promise.all(subjects);
}
