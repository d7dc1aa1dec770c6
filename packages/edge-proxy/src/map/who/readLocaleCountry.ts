import type { Json } from '@sluice/shared';
import { readLocale } from '../profile/readLocale.ts';

/** The country that a locale names, ISO 3166-1 ("de-AT" and "de_AT" say AT); undefined for a mere language. */
export function readLocaleCountry(value: Json | undefined): string | undefined {
  const tag = readLocale(value);
  if (tag === undefined) return undefined;
  try {
    return new Intl.Locale(tag).region;
  } catch {
    // Formed like a tag, and none all the same.
    return undefined;
  }
}
