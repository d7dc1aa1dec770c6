import type { ProfileAttributes, ProfileMeta } from '../wire.ts';
import type { Profile } from './types.ts';

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
  profile.properties = withoutNulls({ ...profile.properties, ...attributes.properties });
  patchProperties(profile.properties, meta?.patch_properties ?? {});
  profile.updatedMs = change.nowMs;
}

function withoutNulls<T extends object>(record: T): T {
  // Only keys are removed, so the result is still a T with optional members.
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined)) as T;
}

const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function patchProperties(
  properties: Record<string, unknown>,
  patch: NonNullable<ProfileMeta['patch_properties']>,
): void {
  for (const [key, added] of Object.entries(patch.append ?? {})) {
    const present = asArray(properties[key]);
    const fresh = asArray(added).filter((item) => !present.some((kept) => sameJson(kept, item)));
    properties[key] = [...present, ...fresh];
  }
  for (const [key, removed] of Object.entries(patch.unappend ?? {})) {
    const gone = asArray(removed);
    properties[key] = asArray(properties[key]).filter((item) => !gone.some((other) => sameJson(other, item)));
  }
  for (const key of asArray(patch.unset ?? undefined)) delete properties[String(key)];
}
