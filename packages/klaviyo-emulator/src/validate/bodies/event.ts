import { MAX_EVENT_PROFILE_BYTES, MAX_METRIC_NAME_CHARS, MAX_UNIQUE_ID_CHARS } from '../../limits.ts';
import { OWN_SERVICE } from '../../state/integrationOf.ts';
import { all, type Check, complain } from '../check.ts';
import { type Field, maybe, object, optional, required } from '../object.ts';
import {
  eventProfileAttributes,
  hasIdentifier,
  identifier,
  profileMeta,
  profileType,
  withinBytes,
} from '../profile.ts';
import { properties } from '../properties.ts';
import { boolean, currency, literal, number, string, text } from '../scalars.ts';
import { eventTime } from '../time.ts';

// A decision: nobody says what Klaviyo answers, and a caller that wrote into Klaviyo's own metrics could forge consent.
const service: Check = (value, at, on) => {
  string(value, at, on);
  if (typeof value === 'string' && value.toLowerCase() === OWN_SERVICE)
    complain(on, at, `The service '${OWN_SERVICE}' is Klaviyo's own.`);
};

const metric = object('metric', {
  data: required(
    object('metric', {
      type: required(literal('metric')),
      attributes: required(
        object('metric', { name: required(text({ min: 1, max: MAX_METRIC_NAME_CHARS })), service: maybe(service) }),
      ),
    }),
  ),
});

/** What single and bulk events share. */
export const eventFields: Record<string, Field> = {
  properties: required(properties),
  time: maybe(eventTime),
  value: maybe(number),
  value_currency: maybe(currency),
  unique_id: maybe(text({ min: 1, max: MAX_UNIQUE_ID_CHARS })),
  backfill: maybe(boolean),
  metric: required(metric),
};

const IDENTIFIERS = ['id', 'email', 'phone_number', 'external_id', 'anonymous_id', '_kx'];

/** The profile of an event. Where `meta` sits differs: among the attributes (single) or beside them (bulk). */
export function eventProfile(metaAt: 'inside' | 'beside'): Check {
  const meta = { meta: optional(profileMeta) };
  const resource = object('profile', {
    type: profileType,
    id: identifier,
    attributes: required(eventProfileAttributes(metaAt === 'inside' ? meta : {})),
    ...(metaAt === 'beside' ? meta : {}),
  });
  return object('profile', {
    data: required(all(resource, hasIdentifier(IDENTIFIERS), withinBytes(MAX_EVENT_PROFILE_BYTES))),
  });
}

export const createEventBody = object('event', {
  data: required(
    object('event', {
      type: required(literal('event')),
      attributes: required(object('event', { ...eventFields, profile: required(eventProfile('inside')) })),
    }),
  ),
});
