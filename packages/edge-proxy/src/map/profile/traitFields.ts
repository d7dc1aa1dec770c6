import { readText } from '../read/readText.ts';
import type { Field } from '../read/splitFields.ts';
import { readLocale } from './readLocale.ts';

/** Segment's traits that Klaviyo has an attribute for. */
export const ATTRIBUTES: readonly Field[] = [
  { to: 'first_name', from: ['firstName', 'first_name'], read: readText },
  { to: 'last_name', from: ['lastName', 'last_name'], read: readText },
  { to: 'organization', from: ['company', 'organization'], read: readText },
  { to: 'title', from: ['title'], read: readText },
  { to: 'image', from: ['avatar'], read: readText },
  { to: 'locale', from: ['locale'], read: readLocale },
];

/** Segment's `address`, as Klaviyo's `location`. */
export const LOCATION: readonly Field[] = [
  { to: 'address1', from: ['street', 'address1'], read: readText },
  { to: 'address2', from: ['address2'], read: readText },
  { to: 'city', from: ['city'], read: readText },
  { to: 'region', from: ['state', 'region'], read: readText },
  { to: 'zip', from: ['postalCode', 'postal_code', 'zip'], read: readText },
  { to: 'country', from: ['country'], read: readText },
];
