import { isJsonObject, type JsonObject, type Message, type SourceKind } from '@sluice/shared';

/**
 * The country whose rules protect the customer, ISO 3166-1 alpha-2. Undefined means: apply the strictest.
 * A server's own address says nothing of its customers, so for servers only the message counts.
 */
export function readCountry(message: Message, kind: SourceKind, edgeCountry: string | undefined): string | undefined {
  if (kind === 'public') return asCode(edgeCountry);
  const properties = 'properties' in message ? message.properties : undefined;
  const traits = 'traits' in message ? message.traits : undefined;
  const places = [
    message.context?.location,
    message.context?.address,
    traits?.address,
    properties?.shipping_address,
    properties?.billing_address,
  ];
  return asCode(
    places
      .filter((place): place is JsonObject => isJsonObject(place))
      .map((place) => place.country_code ?? place.country)
      .find(asCode),
  );
}

/** Only a code is certain; "T1" (Tor) and "XX" (unknown) are Cloudflare's and no country. */
function asCode(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[a-z]{2}$/i.test(value)) return undefined;
  const code = value.toUpperCase();
  return code === 'XX' ? undefined : code;
}
