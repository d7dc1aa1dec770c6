import type { RemoveProfilesFromList } from '../../klaviyo/wire.ts';
import type { MemberItem } from '../../map/item.ts';
import { cutRuns } from '../cutRuns.ts';
import { findProfiles } from '../findProfiles.ts';
import { type Lane, type LookUp, profileKey } from '../lane.ts';
import { MAX_PROFILES_PER_CALL, MAX_REMOVALS_PER_CALL } from '../limits.ts';
import { buildImport, importable, locateRow, type Row } from './importRows.ts';

/** Removing takes Klaviyo's ids. Whom it does not know is on no list: there is nothing to remove, and that is delivered. */
const removal: LookUp<MemberItem> = { operation: 'get_profiles', ask: findProfiles };

/** Who is on a list. Neither adding nor removing touches consent; attributes go through `profiles`. */
export const members: Lane<MemberItem> = {
  name: 'members',
  priority: 70,
  operation: (run) => (run === 'remove' ? 'remove_profiles_from_list' : 'bulk_import_profiles'),
  consent: false,
  withdraws: false,
  waits: true,
  maxItems: MAX_PROFILES_PER_CALL,
  maxInFlight: 1,
  settles: true,
  // Added and then removed is not a member, however late the first of the two is answered.
  inOrder: 'lane',
  onConflict: 'weaken',
  groupKey: ({ list }) => list,
  runKey: ({ action }) => action,
  divide: (items) =>
    cutRuns(
      items,
      ({ action }) => action,
      (action) => (action === 'remove' ? MAX_REMOVALS_PER_CALL : MAX_PROFILES_PER_CALL),
    ),
  repeatKey: ({ id }) => id,
  lookUp: (run) => (run === 'remove' ? removal : undefined),
  target: ([item]) => item?.list ?? '',
  build(items, { profileIds }) {
    if (profileIds === undefined) return buildImport(toRows(items), items[0]?.list);
    const body: RemoveProfilesFromList = { data: profileIds.map((id) => ({ type: 'profile', id })) };
    return JSON.stringify(body);
  },
  locator: (items) => locateRow(toRows(items)),
};

/** A row a person: Klaviyo need not be told twice who joins. */
function toRows(items: readonly MemberItem[]): Row[] {
  const rows = Map.groupBy(items.keys(), (index) => profileKey(items[index] as MemberItem));
  return [...rows.values()].map((indexes) => ({
    profile: { type: 'profile', attributes: importable(items[indexes[0] ?? 0]?.who ?? {}) },
    indexes,
  }));
}
