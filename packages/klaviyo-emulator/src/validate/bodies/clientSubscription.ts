import { MAX_PROFILE_BYTES } from '../../limits.ts';
import { listChannels } from '../../state/listChannels.ts';
import { asChecked, type SubscriptionProfile } from '../../wire.ts';
import { all, type Check, complain } from '../check.ts';
import { isObject, maybe, object, optional, required } from '../object.ts';
import { commonAttributes, hasIdentifier, identifier, profileMeta, profileType, withinBytes } from '../profile.ts';
import { literal, string } from '../scalars.ts';
import { channelsHaveIdentifiers, subscribeChannels } from './subscriptions.ts';

/** Spec: `consented_at` is for historical imports, which this endpoint has not. */
const noConsentedAt: Check = (profile, at, on) => {
  if (on.issues.length > 0 || !isObject(profile) || !isObject(profile.attributes)) return;
  const { subscriptions = {} } = asChecked<SubscriptionProfile>(profile).attributes;
  for (const { path, change } of listChannels(subscriptions)) {
    if (change.consented_at)
      complain(
        on,
        `${at}/attributes/subscriptions/${path}/consented_at`,
        "'consented_at' may only be set in a historical import.",
      );
  }
};

// Here `meta` sits among the attributes, and the profile may be described as fully as in profile-import.
const profile = all(
  object('profile', {
    type: profileType,
    id: identifier,
    attributes: required(
      object('profile', {
        ...commonAttributes,
        _kx: maybe(string),
        meta: optional(profileMeta),
        subscriptions: optional(subscribeChannels),
      }),
    ),
  }),
  hasIdentifier(['email', 'phone_number']),
  channelsHaveIdentifiers,
  noConsentedAt,
  withinBytes(MAX_PROFILE_BYTES),
);

const list = object('list', {
  data: required(object('list', { type: required(literal('list')), id: required(string) })),
});

export const clientSubscriptionBody = object('subscription', {
  data: required(
    object('subscription', {
      type: required(literal('subscription')),
      attributes: required(
        object('subscription', {
          custom_source: maybe(string),
          profile: required(object('profile', { data: required(profile) })),
        }),
      ),
      relationships: required(object('relationships', { list: required(list) })),
    }),
  ),
});
