import { type Config, isJsonObject, type Json, type JsonObject, type Message } from '@sluice/shared';
import type { Location } from '../klaviyo/profileAttributes.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import type { EdgeFacts } from './edgeFacts.ts';
import { isTimeZone } from './isTimeZone.ts';
import { readName } from './readName.ts';

/** Where the customer is: what the edge sees of a page's visitor, what a server says of its own. Undefined: unknown. */
export function locate(message: Message, edge: EdgeFacts, enrich: Config['enrich']): Location | undefined {
  const isVisitors = edge.kind === 'public';
  // As it is for nearly every event.
  if (isVisitors && enrich.location && !enrich.ip && edge.location.timezone) return edge.location;
  const place = enrich.location ? (isVisitors ? edge.location : readContext(message.context)) : {};
  const zone = message.context?.timezone;
  const timezone = place.timezone ?? (enrich.location && isTimeZone(zone) ? zone : undefined);
  const ip = enrich.ip ? (isVisitors ? edge.ip : readName(message.context?.ip)) : undefined;
  const location = dropUndefined<Location>({ ...place, timezone, ip });
  return Object.keys(location).length > 0 ? location : undefined;
}

/** Segment's `context.location`, else `context.address`. Never the sender's own place: that is a data centre. */
function readContext(context: JsonObject | null | undefined): Location {
  const place = [context?.location, context?.address].find(isJsonObject);
  if (!place) return {};
  const [latitude, longitude] = [readDegrees(place.latitude, 90), readDegrees(place.longitude, 180)];
  return dropUndefined<Location>({
    city: readName(place.city),
    region: readName(place.region ?? place.state),
    country: readName(place.country ?? place.country_code),
    zip: readName(place.zip ?? place.postalCode ?? place.postal_code),
    timezone: isTimeZone(place.timezone) ? place.timezone : undefined,
    ...(latitude !== undefined && longitude !== undefined && { latitude, longitude }),
  });
}

function readDegrees(value: Json | undefined, max: number): number | undefined {
  return typeof value === 'number' && Math.abs(value) <= max ? value : undefined;
}
