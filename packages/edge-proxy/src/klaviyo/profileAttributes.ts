import type { JsonObject } from '@sluice/shared';

/** Where somebody is, as far as the edge or a server knows. Klaviyo's `location` names. */
export interface Location {
  city?: string;
  region?: string;
  country?: string;
  zip?: string;
  timezone?: string;
  latitude?: number;
  longitude?: number;
  /** Only where `enrich.ip` says so. */
  ip?: string;
}

/** What identifies a person to Klaviyo. */
export interface Identifiers {
  email?: string;
  /** E.164. */
  phone_number?: string;
  external_id?: string;
  /** Events only: the profile and import endpoints refuse it. */
  anonymous_id?: string;
  /** Klaviyo's own exchange id, from its links and cookie. Events only. */
  _kx?: string;
}

/** Klaviyo's profile attributes besides the identifiers, by their wire names. */
export interface ProfileAttributes {
  first_name?: string;
  last_name?: string;
  organization?: string;
  title?: string;
  image?: string;
  locale?: string;
  location?: Location & { address1?: string; address2?: string };
  properties?: JsonObject;
}
