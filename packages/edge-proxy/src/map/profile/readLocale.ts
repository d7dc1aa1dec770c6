import type { Json } from '@sluice/shared';

/** BCP 47, RFC 5646: a language, then script, region and the like. Browsers send it so, some back ends with `_`. */
const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;

/** Reads a locale as Klaviyo takes it ("de_AT" becomes "de-AT"). */
export function readLocale(value: Json | undefined): string | undefined {
  const tag = typeof value === 'string' ? value.trim().replaceAll('_', '-') : '';
  return TAG.test(tag) ? tag : undefined;
}
