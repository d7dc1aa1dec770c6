import type { Call } from '../http/Call.ts';
import { pickFields } from '../read/pickFields.ts';
import type { Profile } from '../state/types.ts';
import { presentSubscriptions } from './presentSubscriptions.ts';
import { isoTime, relation } from './wireForms.ts';

/** A profile as Klaviyo's read endpoints answer it. `joinedMs` is for the members of a list. */
export function presentProfile(call: Call, profile: Profile, joinedMs?: number) {
  const self = `${call.origin}/api/profiles/${profile.id}`;
  const extra = (call.query.get('additional-fields[profile]') ?? '').split(',');
  const { attributes } = profile;
  return pickFields(
    {
      type: 'profile',
      id: profile.id,
      attributes: {
        email: profile.email,
        phone_number: profile.phoneNumber,
        external_id: profile.externalId,
        first_name: attributes.first_name ?? null,
        last_name: attributes.last_name ?? null,
        organization: attributes.organization ?? null,
        locale: attributes.locale ?? null,
        title: attributes.title ?? null,
        image: attributes.image ?? null,
        created: isoTime(profile.createdMs),
        updated: isoTime(profile.updatedMs),
        last_event_date: isoTime(profile.lastEventMs),
        location: presentLocation(profile),
        properties: profile.properties,
        ...(joinedMs === undefined ? {} : { joined_group_at: isoTime(joinedMs) }),
        ...(extra.includes('subscriptions') ? { subscriptions: presentSubscriptions(profile) } : {}),
        ...(extra.includes('predictive_analytics') ? { predictive_analytics: {} } : {}),
      },
      relationships: {
        lists: relation(self, 'lists'),
        segments: relation(self, 'segments'),
        'push-tokens': relation(self, 'push-tokens'),
      },
      links: { self },
    },
    call.query,
  );
}

const LOCATION = [
  'address1',
  'address2',
  'city',
  'country',
  'latitude',
  'longitude',
  'region',
  'zip',
  'timezone',
  'ip',
];

function presentLocation(profile: Profile) {
  return Object.fromEntries(LOCATION.map((field) => [field, profile.location[field] ?? null]));
}
