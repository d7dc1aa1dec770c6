import type { Json } from '@sluice/shared';
import { readLocale } from '../profile/readLocale.ts';

/** RFC 5646: language, perhaps a script, region. Not Intl.Locale, which takes as long as all the rest of mapping. */
const REGION = /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})(?=-|$)/i;

/** The country that a locale names, ISO 3166-1 ("de-AT" and "de_AT" say AT); undefined for a mere language. */
export function readLocaleCountry(value: Json | undefined): string | undefined {
  return REGION.exec(readLocale(value) ?? '')?.[1]?.toUpperCase();
}
