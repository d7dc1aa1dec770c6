import { MAX_USER_AGENT_LENGTH } from './limits.ts';
import { rememberBy } from './rememberBy.ts';

/** One brand of a list (RFC 8941): `"Chromium";v="142"`. */
const BRAND = /"([^"]*)";\s*v="([^"]*)"/g;

/** The client hints that browsers send unasked (https://wicg.github.io/ua-client-hints), in the shape of its API. */
export function readHints(headers: Headers): string | undefined {
  const brands = headers.get('sec-ch-ua')?.slice(0, MAX_USER_AGENT_LENGTH);
  if (brands === undefined) return undefined;
  return describe(`${headers.get('sec-ch-ua-mobile')}\n${headers.get('sec-ch-ua-platform') ?? ''}\n${brands}`);
}

const describe = rememberBy((hints: string): string => {
  const [mobile, platform = '', brands = ''] = hints.split('\n', 3);
  return JSON.stringify({
    brands: Array.from(brands.matchAll(BRAND), ([, brand, version]) => ({ brand, version })),
    mobile: mobile === '?1',
    platform: platform.replaceAll('"', ''),
  });
});
