import { readText } from '../read/readText.ts';
import type { Field } from '../read/splitFields.ts';
import { readCoordinate } from './readCoordinate.ts';
import { readLocale } from './readLocale.ts';
import { readTimeZone } from './readTimeZone.ts';

/** Segment's traits that Klaviyo has an attribute for, and Klaviyo's own names of them. */
export const ATTRIBUTES: readonly Field[] = [
  { to: 'first_name', from: ['firstName', 'first_name'], read: readText },
  { to: 'last_name', from: ['lastName', 'last_name'], read: readText },
  { to: 'organization', from: ['company', 'organization'], read: readText },
  { to: 'title', from: ['title'], read: readText },
  { to: 'image', from: ['avatar', 'image'], read: readText },
  { to: 'locale', from: ['locale'], read: readLocale },
];

/** Segment's `address`, and Klaviyo's `location` by its own names. */
export const LOCATION: readonly Field[] = [
  { to: 'address1', from: ['street', 'address1'], read: readText },
  { to: 'address2', from: ['address2'], read: readText },
  { to: 'city', from: ['city'], read: readText },
  { to: 'region', from: ['state', 'region'], read: readText },
  { to: 'zip', from: ['postalCode', 'postal_code', 'zip'], read: readText },
  { to: 'country', from: ['country'], read: readText },
  { to: 'latitude', from: ['latitude'], read: (value) => readCoordinate(value, 90) },
  { to: 'longitude', from: ['longitude'], read: (value) => readCoordinate(value, 180) },
];

/** A place has a time zone; a person without a place has one too. */
export const TIME_ZONE: readonly Field[] = [{ to: 'timezone', from: ['timezone', 'timeZone'], read: readTimeZone }];

/** Traits that are no custom properties: a patch cannot change them. */
export const RESERVED_TRAITS: ReadonlySet<string> = new Set([
  ...ATTRIBUTES.flatMap(({ to, from }) => [to, ...from]),
  ...['email', 'phone', 'phone_number', 'external_id', 'anonymous_id', 'id', 'address', 'location'],
]);
