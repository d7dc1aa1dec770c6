const NAMES: Readonly<Record<string, string>> = {
  EU: 'the European Union',
  EEA: 'the European Economic Area',
  GB: 'the United Kingdom',
  US: 'the United States',
};
const countries = new Intl.DisplayNames(['en'], { type: 'region' });

/** In words: "the European Union", "Switzerland". */
export function nameRegion(region: string): string {
  return NAMES[region] ?? countries.of(region) ?? region;
}
