import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import type { LedgerKeys } from '../settings.ts';
import { hmacHex } from './hmac.ts';
import { ledgerSecret } from './ledgerSecret.ts';

export type SubjectKind = 'email' | 'phone' | 'external' | 'anonymous';

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

/** The subjects of one person's identifiers, which must be normalised already, as decisions are written. */
export async function subjectsOf(
  account: string,
  who: Identifiers,
  keys: LedgerKeys,
  version = keys.current,
): Promise<Subject[]> {
  const secret = ledgerSecret(keys, version);
  const subjects: Promise<Subject>[] = [];
  for (const [name, kind] of Object.entries(KIND_OF)) {
    const value = who[name as keyof Identifiers];
    if (value === undefined) continue;
    const hash = hmacHex(secret, `subject:${account}:${kind}`, value);
    subjects.push(hash.then((hex) => ({ subject: `${version}.${hex}`, kind, keyVersion: version })));
  }
  return Promise.all(subjects);
}

/** One identifier in the ledger: as decisions are written now, and as it is named by keys that were replaced. */
export interface KnownAs {
  subject: Subject;
  formerly: string[];
}

/** One identifier under the ledger's key and under those that were replaced. */
export function namesOf({ subject, formerly }: KnownAs): string[] {
  return [subject.subject, ...formerly];
}

/** How decisions of a person are written: under each identifier that is given. */
export async function knownAs(account: string, who: Identifiers, keys: LedgerKeys): Promise<KnownAs[]> {
  const all = await allSubjectsOf(account, who, keys);
  return all
    .filter(({ keyVersion }) => keyVersion === keys.current)
    .map((subject) => {
      const others = all.filter(({ kind, keyVersion }) => kind === subject.kind && keyVersion !== keys.current);
      return { subject, formerly: others.map((other) => other.subject) };
    });
}

/** The same under every key that there is: what was decided before a key was replaced is still decided. */
export async function allSubjectsOf(account: string, who: Identifiers, keys: LedgerKeys): Promise<Subject[]> {
  const versions = Object.keys(keys.keys);
  return (await Promise.all(versions.map((version) => subjectsOf(account, who, keys, version)))).flat();
}
