import { isJsonObject, type JsonObject } from '@sluice/shared';
import { readText } from '../read/readText.ts';

/** Segment's `company` is an object with a name; its name becomes `organization`, the rest of it stays a property. */
export function splitCompany(traits: JsonObject): JsonObject {
  const { company, ...others } = traits;
  const organization = isJsonObject(company) ? readText(company.name) : undefined;
  if (organization === undefined || !isJsonObject(company)) return traits;
  const { name: _, ...rest } = company;
  return { organization, ...others, ...(Object.keys(rest).length > 0 && { company: rest }) };
}
