import { ListEnum, ProfileEnum } from 'klaviyo-api';
import { START_MS } from '../support/createTestEmulator.ts';
import type { Witness } from '../support/openWitness.ts';
import type { Scene } from './Scene.ts';

const ADA = 'ada+shop@example.com';
const PHONE = '+15005550006';
const NEWSLETTER = { list: { data: { type: ListEnum.List, id: 'DEMO01' } } };
const DAY_MS = 86_400_000;

const standing = async ({ profiles, lists }: Witness) => {
  const filter = `equals(email,"${ADA}")`;
  const found = await profiles.getProfiles({ filter, additionalFieldsProfile: ['subscriptions'] });
  const { email, sms } = found.body.data[0]?.attributes.subscriptions ?? {};
  const members = await lists.getProfileIdsForList('DEMO01');
  return { email: email?.marketing?.consent, sms: sms?.marketing?.consent, members: members.body.data.length };
};

const leave = ({ profiles }: Witness, relationships = {}) =>
  profiles.bulkUnsubscribeProfiles({
    data: {
      type: 'profile-subscription-bulk-delete-job',
      attributes: {
        profiles: {
          data: [{ type: ProfileEnum.Profile, attributes: { email: ADA, subscriptions: { email: unsubscribed } } }],
        },
      },
      ...relationships,
    },
  });

const subscribed = { marketing: { consent: 'SUBSCRIBED' as const } };
const unsubscribed = { marketing: { consent: 'UNSUBSCRIBED' as const } };

export const SUBSCRIPTION_SCENES: Scene[] = [
  {
    does: 'subscribes two channels, leaves a list, then unsubscribes one channel everywhere, and reads the consent back',
    async play(klaviyo) {
      const { profiles, later } = klaviyo;
      const person = { email: ADA, phoneNumber: PHONE };
      const joined = await profiles.bulkSubscribeProfiles({
        data: {
          type: 'profile-subscription-bulk-create-job',
          attributes: {
            customSource: 'Footer form',
            profiles: {
              data: [
                {
                  type: ProfileEnum.Profile,
                  attributes: { ...person, subscriptions: { email: subscribed, sms: subscribed } },
                },
              ],
            },
          },
          relationships: NEWSLETTER,
        },
      });
      later();
      const seen = [await standing(klaviyo)];
      const left = await leave(klaviyo, { relationships: NEWSLETTER });
      later();
      seen.push(await standing(klaviyo));
      await leave(klaviyo);
      later();
      seen.push(await standing(klaviyo));
      return { statuses: [joined.response.status, left.response.status], seen };
    },
    seen: {
      statuses: [202, 202],
      seen: [
        { email: 'SUBSCRIBED', sms: 'SUBSCRIBED', members: 1 },
        { email: 'SUBSCRIBED', sms: 'SUBSCRIBED', members: 0 },
        { email: 'UNSUBSCRIBED', sms: 'SUBSCRIBED', members: 0 },
      ],
    },
  },
  {
    does: 'imports an old consent with the day it was given',
    async play({ profiles, later }) {
      const consentedAt = new Date(START_MS - DAY_MS);
      const consent = { marketing: { consent: 'SUBSCRIBED' as const, consentedAt } };
      await profiles.bulkSubscribeProfiles({
        data: {
          type: 'profile-subscription-bulk-create-job',
          attributes: {
            historicalImport: true,
            profiles: {
              data: [{ type: ProfileEnum.Profile, attributes: { email: ADA, subscriptions: { email: consent } } }],
            },
          },
        },
      });
      later();
      const { body } = await profiles.getProfiles({ additionalFieldsProfile: ['subscriptions'] });
      const given = body.data[0]?.attributes.subscriptions?.email?.marketing?.consentTimestamp;
      return [body.data.length, Number(given)];
    },
    seen: [1, START_MS - DAY_MS],
  },
];
