import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';
import { readText } from './readText.ts';
import { renameFields } from './renameFields.ts';
import type { Field } from './splitFields.ts';

const FIELDS: readonly Field[] = [
  { to: 'FirstName', from: ['first_name', 'firstName'], read: readText },
  { to: 'LastName', from: ['last_name', 'lastName'], read: readText },
  { to: 'Address1', from: ['address1', 'street', 'line1'], read: readText },
  { to: 'City', from: ['city'], read: readText },
  { to: 'RegionCode', from: ['region_code', 'state', 'region', 'province'], read: readText },
  { to: 'CountryCode', from: ['country_code', 'country'], read: readText },
  { to: 'Zip', from: ['zip', 'postal_code', 'postalCode'], read: readText },
  { to: 'Phone', from: ['phone'], read: readText },
];

/** Reads a billing or shipping address into the names of Klaviyo's guide. A number (Segment's `shipping` is a cost) is none. */
export function readAddress(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? renameFields(value, FIELDS) : undefined;
}
