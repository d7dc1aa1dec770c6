import type { ProfileItem } from '../../map/item.ts';
import { type Lane, profileKey } from '../lane.ts';
import { MAX_PROFILES_PER_CALL } from '../limits.ts';
import { buildImport, importable, locateRow, type Row } from './importRows.ts';

/** Profile attributes through bulk import, which never touches consent. */
export const profiles: Lane<ProfileItem> = {
  name: 'profiles',
  priority: 50,
  operation: () => 'bulk_import_profiles',
  consent: false,
  withdraws: false,
  waits: true,
  maxItems: MAX_PROFILES_PER_CALL,
  // Klaviyo promises no order between imports: two at once could leave the older values standing.
  maxInFlight: 1,
  settles: true,
  // And a try that comes late would bring old values back.
  inOrder: 'lane',
  // What an earlier import left for single calls is older than what is in this one.
  waitsFor: (job, other) => other.lane === 'profile' && other.receivedMs < job.createdMs,
  onConflict: 'single',
  groupKey: () => '',
  // The queue may bring a message twice.
  repeatKey: ({ id }) => id,
  build: (items) => buildImport(mergeByProfile(items)),
  locator: (items) => locateRow(mergeByProfile(items)),
};

/** Several changes of one profile become one row: what came later wins, attribute by attribute. */
function mergeByProfile(items: readonly ProfileItem[]): Row[] {
  const merged = new Map<string, Row>();
  for (const [index, item] of items.entries()) {
    const key = profileKey(item);
    const known = merged.get(key);
    const before = known?.profile.attributes ?? {};
    const properties = { ...before.properties, ...item.attributes.properties };
    const attributes = {
      ...before,
      ...importable(item.who),
      ...item.attributes,
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
    };
    merged.set(key, { profile: { type: 'profile', attributes }, indexes: [...(known?.indexes ?? []), index] });
  }
  return [...merged.values()];
}
