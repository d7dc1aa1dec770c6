import type { Location } from '../klaviyo/profileAttributes.ts';

/** Where Cloudflare sees the visitor, in Klaviyo's names. The IP address itself is never kept. */
export function readLocation(cf: IncomingRequestCfProperties | undefined): Location {
  const latitude = Number.parseFloat(cf?.latitude ?? '');
  const longitude = Number.parseFloat(cf?.longitude ?? '');
  return {
    ...(cf?.city ? { city: cf.city } : {}),
    ...(cf?.region ? { region: cf.region } : {}),
    ...(cf?.country ? { country: cf.country } : {}),
    ...(cf?.postalCode ? { zip: cf.postalCode } : {}),
    ...(cf?.timezone ? { timezone: cf.timezone } : {}),
    ...(Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : {}),
  };
}
