import { isJsonObject, type Message, type SourceKind } from '@sluice/shared';

/**
 * The country whose rules protect the customer, ISO 3166-1 alpha-2. Undefined means: apply the strictest.
 * A server's own address says nothing of its customers, so for servers only the message counts.
 */
export function readCountry(message: Message, kind: SourceKind, edgeCountry: string | undefined): string | undefined {
  if (kind === 'public') return asCode(edgeCountry);
  const properties = 'properties' in message ? message.properties : undefined;
  const traits = 'traits' in message ? message.traits : undefined;
  const { location, address, traits: remembered } = message.context ?? {};
  // What the customer told comes first, where their goods and bill go next: in Segment's words, and in Klaviyo's.
  const places = [
    location,
    address,
    traits?.address,
    isJsonObject(remembered) ? remembered.address : undefined,
    properties?.shipping_address,
    properties?.shipping,
    properties?.ShippingAddress,
    properties?.billing_address,
    properties?.billing,
    properties?.BillingAddress,
  ];
  const named = places.filter(isJsonObject).flatMap((place) => [place.country_code, place.country, place.CountryCode]);
  return asCode(named.find(asCode));
}

/** Only a code is certain; "T1" (Tor) and "XX" (unknown) are Cloudflare's and no country. */
function asCode(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[a-z]{2}$/i.test(value)) return undefined;
  const code = value.toUpperCase();
  return code === 'XX' ? undefined : (ALIASES.get(code) ?? code);
}

/** Codes that the European Union's offices use beside ISO's. */
const ALIASES = new Map([
  ['UK', 'GB'],
  ['EL', 'GR'],
]);
