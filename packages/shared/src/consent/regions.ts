/** Country codes (ISO 3166-1) behind the region names that a policy may use; any other name is a country code itself. */
const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

const REGIONS: Readonly<Record<string, readonly string[]>> = { EU, EEA: [...EU, 'IS', 'LI', 'NO'] };

/** True when the country lies in one of the regions. */
export function isInRegion(country: string, regions: readonly string[]): boolean {
  return regions.some((region) => region === country || REGIONS[region]?.includes(country));
}
