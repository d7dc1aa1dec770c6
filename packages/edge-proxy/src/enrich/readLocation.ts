import type { Location } from '../klaviyo/profileAttributes.ts';

/** Cloudflare's words for "unknown" and for Tor's network, which is no country. */
const NOWHERE: ReadonlySet<string> = new Set(['XX', 'T1']);

/** Where Cloudflare sees the visitor, in Klaviyo's names. */
export function readLocation(cf: IncomingRequestCfProperties | undefined): Location {
  const latitude = Number.parseFloat(cf?.latitude ?? '');
  const longitude = Number.parseFloat(cf?.longitude ?? '');
  return {
    ...(cf?.city ? { city: cf.city } : {}),
    ...(cf?.region ? { region: cf.region } : {}),
    ...(cf?.country && !NOWHERE.has(cf.country) ? { country: cf.country } : {}),
    ...(cf?.postalCode ? { zip: cf.postalCode } : {}),
    ...(cf?.timezone ? { timezone: cf.timezone } : {}),
    ...(Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : {}),
  };
}
