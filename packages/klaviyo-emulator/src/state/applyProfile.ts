import type { ProfileAttributes, ProfileMeta } from '../wire.ts';
import type { Profile } from './types.ts';
import { withoutNulls } from './withoutNulls.ts';

const PLAIN = ['first_name', 'last_name', 'organization', 'locale', 'title', 'image'] as const;

/** Writes attributes and properties to a profile. Absent leaves, null clears. */
export function applyProfile(
  profile: Profile,
  change: { attributes: ProfileAttributes; meta: ProfileMeta | undefined; nowMs: number },
): void {
  const { attributes, meta } = change;
  for (const name of PLAIN) {
    const value = attributes[name];
    if (value === null) delete profile.attributes[name];
    else if (value !== undefined) profile.attributes[name] = value;
  }
  profile.location = withoutNulls({ ...profile.location, ...attributes.location });
  const properties = withoutNulls({ ...profile.properties, ...attributes.properties });
  profile.properties = patchProperties(properties, meta?.patch_properties ?? {});
  profile.updatedMs = change.nowMs;
}

const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
// By their text, since a list may hold 100 KB of items and each is compared with each.
const textsOf = (items: unknown[]) => new Set(items.map((item) => JSON.stringify(item)));

/** Through a Map, since a property may be called `__proto__` or `constructor`. */
function patchProperties(
  properties: Record<string, unknown>,
  patch: NonNullable<ProfileMeta['patch_properties']>,
): Record<string, unknown> {
  const patched = new Map(Object.entries(properties));
  for (const [key, added] of Object.entries(patch.append ?? {})) {
    const present = asArray(patched.get(key));
    const texts = textsOf(present);
    const fresh = asArray(added).filter((item) => !texts.has(JSON.stringify(item)));
    patched.set(key, [...present, ...fresh]);
  }
  for (const [key, removed] of Object.entries(patch.unappend ?? {})) {
    const gone = textsOf(asArray(removed));
    const left = asArray(patched.get(key)).filter((item) => !gone.has(JSON.stringify(item)));
    patched.set(key, left);
  }
  for (const key of asArray(patch.unset ?? undefined)) patched.delete(String(key));
  return Object.fromEntries(patched);
}
