import type { Identifiers } from '../../klaviyo/profileAttributes.ts';
import type { BulkImportProfiles, WireImportedProfile } from '../../klaviyo/wire.ts';

/** One row of a bulk import, and the items that it says. */
export interface Row {
  profile: WireImportedProfile;
  indexes: number[];
}

export function buildImport(rows: readonly Row[], list?: string): string {
  const body: BulkImportProfiles = {
    data: {
      type: 'profile-bulk-import-job',
      attributes: { profiles: { data: rows.map(({ profile }) => profile) } },
      ...(list === undefined ? {} : { relationships: { lists: { data: [{ type: 'list', id: list }] } } }),
    },
  };
  return JSON.stringify(body);
}

/** The identifiers that the profile endpoints take. */
export function importable({ anonymous_id: _anonymous, _kx, ...identifiers }: Identifiers) {
  return identifiers;
}

/** Finds the items of the row that a pointer names. */
export function locateRow(rows: readonly Row[]): (pointer: string) => number[] {
  return (pointer) => locateProfile(pointer).flatMap((index) => rows[index]?.indexes ?? []);
}

/** The place in `profiles.data` that a pointer names. */
export function locateProfile(pointer: string): number[] {
  const match = /\/profiles\/data\/(\d+)/.exec(pointer);
  return match ? [Number(match[1])] : [];
}
