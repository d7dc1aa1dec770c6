import type { BulkImportProfiles, WireImportedProfile } from '../../klaviyo/wire.ts';
import type { ProfileItem } from '../../map/item.ts';
import { type Lane, profileKey } from '../lane.ts';
import { MAX_PROFILES_PER_CALL } from '../limits.ts';

/** Profile attributes through bulk import, which never touches consent. */
export const profiles: Lane<ProfileItem> = {
  name: 'profiles',
  priority: 50,
  operation: 'bulk_import_profiles',
  consent: false,
  waits: true,
  maxItems: MAX_PROFILES_PER_CALL,
  // Klaviyo promises no order between imports: two at once could leave the older values standing.
  maxInFlight: 1,
  settles: true,
  groupKey: () => '',
  // The queue may bring a message twice.
  repeatKey: ({ id }) => id,
  build(items): BulkImportProfiles {
    const data = mergeByProfile(items).map(({ profile }) => profile);
    return { data: { type: 'profile-bulk-import-job', attributes: { profiles: { data } } } };
  },
  locate(pointer, items) {
    const match = /\/profiles\/data\/(\d+)/.exec(pointer);
    return match ? (mergeByProfile(items)[Number(match[1])]?.indexes ?? []) : [];
  },
};

interface Merged {
  profile: WireImportedProfile;
  indexes: number[];
}

/** Several changes of one profile become one row: what came later wins, attribute by attribute. */
function mergeByProfile(items: readonly ProfileItem[]): Merged[] {
  const merged = new Map<string, Merged>();
  for (const [index, item] of items.entries()) {
    const key = profileKey(item);
    const known = merged.get(key);
    const before = known?.profile.attributes ?? {};
    const { anonymous_id: _anonymous, _kx: _exchange, ...identifiers } = item.who;
    const properties = { ...before.properties, ...item.attributes.properties };
    const attributes = {
      ...before,
      ...identifiers,
      ...item.attributes,
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
    };
    merged.set(key, { profile: { type: 'profile', attributes }, indexes: [...(known?.indexes ?? []), index] });
  }
  return [...merged.values()];
}
