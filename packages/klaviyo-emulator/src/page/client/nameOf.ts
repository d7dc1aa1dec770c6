import type { PageData } from '../describePage.ts';

const SHORT_ID_CHARS = 12;

/** What a person would call this profile. */
export function nameOf(profile: PageData['profiles'][number]): string {
  const anonymous = (profile.anonymous_ids[0] ?? profile.id).slice(0, SHORT_ID_CHARS);
  return profile.email ?? profile.phone_number ?? profile.external_id ?? `Anonymous ${anonymous}`;
}
