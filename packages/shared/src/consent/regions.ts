import type { ConsentPolicy } from '../config/schema.ts';
import type { RegionRule } from './doorTable.ts';

/** Country codes (ISO 3166-1) behind the region names that a policy may use; any other name is a country code itself. */
const EU_MEMBERS = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
/** Parts of Finland and France where EU law applies (TFEU, article 355) and that have codes of their own, as Réunion has. */
const EU_OVERSEAS = 'AX GF GP MF MQ RE YT'.split(' ');
const EU = [...EU_MEMBERS, ...EU_OVERSEAS];

export const REGIONS: Readonly<Record<string, readonly string[]>> = { EU, EEA: [...EU, 'IS', 'LI', 'NO'] };

/** The rule of a country under a policy: the stricter where it is in both lists, the strictest where it is not known. */
export function ruleOf(country: string | undefined, { optIn, optOut, else: other }: ConsentPolicy): RegionRule {
  if (country === undefined || isInRegion(country, optIn)) return 'optIn';
  return isInRegion(country, optOut) ? 'optOut' : other;
}

/** The countries behind each list of a configuration: asked for every event that comes in. */
const countriesOfList = new WeakMap<readonly string[], ReadonlySet<string>>();

function isInRegion(country: string, regions: readonly string[]): boolean {
  const known = countriesOfList.get(regions);
  if (known) return known.has(country);
  const countries = new Set(regions.flatMap((region) => [region, ...(REGIONS[region] ?? [])]));
  countriesOfList.set(regions, countries);
  return countries.has(country);
}
