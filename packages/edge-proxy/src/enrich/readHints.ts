/** One brand of a list (RFC 8941): `"Chromium";v="142"`. */
const BRAND = /"([^"]*)";\s*v="([^"]*)"/g;

/** The client hints that browsers send unasked (https://wicg.github.io/ua-client-hints), in the shape of its API. */
export function readHints(headers: Headers): string | undefined {
  const brands = headers.get('sec-ch-ua')?.matchAll(BRAND);
  if (!brands) return undefined;
  return JSON.stringify({
    brands: Array.from(brands, ([, brand, version]) => ({ brand, version })),
    mobile: headers.get('sec-ch-ua-mobile') === '?1',
    platform: headers.get('sec-ch-ua-platform')?.replaceAll('"', '') ?? '',
  });
}
