import { MAX_SUBSCRIBE_PROFILES, MAX_UNSUBSCRIBE_PROFILES } from '../../limits.ts';
import { listChannels } from '../../state/listChannels.ts';
import { asChecked, type SubscriptionProfile } from '../../wire.ts';
import { array } from '../array.ts';
import { all, type Check, complain } from '../check.ts';
import { email } from '../email.ts';
import { type Field, isObject, maybe, object, optional, required } from '../object.ts';
import { phone } from '../phone.ts';
import { identifier, profileType } from '../profile.ts';
import { pushToken } from '../pushToken.ts';
import { boolean, literal, string } from '../scalars.ts';
import { dateOfBirth, datetime, parseTime } from '../time.ts';

const tokens = array(pushToken, { what: 'tokens' });

function channelFields(change: Check, options: { plain: Check; conversational: boolean; push: Record<string, Field> }) {
  const { plain, conversational, push } = options;
  return object('subscriptions', {
    email: optional(object('email', { marketing: optional(change), open_tracking: optional(plain) })),
    sms: optional(object('sms', { marketing: optional(change), transactional: optional(change) })),
    whatsapp: optional(
      object('whatsapp', {
        marketing: optional(change),
        transactional: optional(change),
        ...(conversational ? { conversational: optional(change) } : {}),
      }),
    ),
    push: optional(object('push', { marketing: required(change), ...push })),
  });
}

/** A channel without the identifier it needs is an error, not a no-op. */
export const channelsHaveIdentifiers: Check = (profile, at, on) => {
  if (!isObject(profile) || !isObject(profile.attributes) || !isObject(profile.attributes.subscriptions)) return;
  const { attributes, id } = asChecked<SubscriptionProfile>(profile);
  const named = listChannels(attributes.subscriptions);
  if (named.length === 0)
    complain(on, `${at}/attributes/subscriptions`, 'At least one channel must be given in subscriptions.');
  for (const { needs, path } of named) {
    // With an id, the profile's own address may serve; the route looks that up.
    if (needs && !attributes[needs] && !id)
      complain(on, `${at}/attributes/${needs}`, `'${needs}' is required to change the consent of '${path}'.`);
  }
};

const subscribed = literal('SUBSCRIBED');
export const subscribeChannels = channelFields(
  object('consent', { consent: required(subscribed), consented_at: maybe(datetime) }),
  {
    plain: object('consent', { consent: required(subscribed) }),
    conversational: false,
    push: { tokens: maybe(tokens), anonymous_id: identifier },
  },
);
const subscribeProfile = all(
  object('profile', {
    type: profileType,
    id: identifier,
    attributes: required(
      object('profile', {
        email: maybe(email),
        phone_number: maybe(phone),
        age_gated_date_of_birth: maybe(dateOfBirth),
        subscriptions: required(subscribeChannels),
      }),
    ),
  }),
  channelsHaveIdentifiers,
);

const unsubscribed = object('consent', { consent: required(literal('UNSUBSCRIBED')) });
const unsubscribeProfile = all(
  object('profile', {
    type: profileType,
    attributes: required(
      object('profile', {
        email: maybe(email),
        phone_number: maybe(phone),
        subscriptions: required(
          channelFields(unsubscribed, {
            plain: unsubscribed,
            conversational: true,
            push: { tokens: required(tokens) },
          }),
        ),
      }),
    ),
  }),
  channelsHaveIdentifiers,
);

const list = object('list', {
  data: required(object('list', { type: required(literal('list')), id: required(string) })),
});
const relationships = optional(object('relationships', { list: optional(list) }));

function job(type: string, attributes: Check): Check {
  return object(type, {
    data: required(object(type, { type: required(literal(type)), attributes: required(attributes), relationships })),
  });
}

const profiles = (item: Check, max: number) =>
  object('profiles', { data: required(array(item, { min: 1, max, what: 'profiles' })) });

/** Spec: consented_at belongs to historical imports, where it is required and in the past. */
const consentedAtFits: Check = (attributes, at, on) => {
  if (on.issues.length > 0 || !isObject(attributes)) return;
  const { profiles, historical_import } = asChecked<{
    profiles: { data: SubscriptionProfile[] };
    historical_import?: boolean | null;
  }>(attributes);
  for (const [index, profile] of profiles.data.entries()) {
    for (const { path, change } of listChannels(profile.attributes.subscriptions)) {
      if (path === 'email/open_tracking') continue;
      const pointer = `${at}/profiles/data/${index}/attributes/subscriptions/${path}/consented_at`;
      if (change.consented_at && !historical_import)
        complain(on, pointer, "'consented_at' may only be set when 'historical_import' is true.");
      if (!change.consented_at && historical_import)
        complain(on, pointer, "'consented_at' is required when 'historical_import' is true.");
      if ((parseTime(change.consented_at) ?? 0) > on.nowMs)
        complain(on, pointer, "'consented_at' must be in the past.");
    }
  }
};

export const subscribeBody = job(
  'profile-subscription-bulk-create-job',
  all(
    object('profile-subscription-bulk-create-job', {
      custom_source: maybe(string),
      historical_import: maybe(boolean),
      profiles: required(profiles(subscribeProfile, MAX_SUBSCRIBE_PROFILES)),
    }),
    consentedAtFits,
  ),
);

export const unsubscribeBody = job(
  'profile-subscription-bulk-delete-job',
  object('profile-subscription-bulk-delete-job', {
    profiles: required(profiles(unsubscribeProfile, MAX_UNSUBSCRIBE_PROFILES)),
  }),
);
