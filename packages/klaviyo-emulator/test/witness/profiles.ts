import { ProfileEnum } from 'klaviyo-api';
import type { Witness } from '../support/openWitness.ts';
import type { Scene } from './Scene.ts';

const EVE = 'eve@example.com';

const create = async ({ profiles }: Witness, email: string, rest: { phoneNumber?: string } = {}) => {
  const attributes = { email, ...rest };
  const { body } = await profiles.createProfile({ data: { type: ProfileEnum.Profile, attributes } });
  return body.data.id ?? '';
};

export const PROFILE_SCENES: Scene[] = [
  {
    does: 'creates, upserts, updates and reads a profile',
    async play({ profiles }) {
      const attributes = { email: EVE, firstName: 'Eve', location: { city: 'Graz', latitude: 47.07 } };
      const first = await profiles.createOrUpdateProfile({ data: { type: ProfileEnum.Profile, attributes } });
      const second = await profiles.createOrUpdateProfile({
        data: { type: ProfileEnum.Profile, attributes: { email: EVE, lastName: 'Lee' } },
      });
      const id = second.body.data.id ?? '';
      const meta = { patchProperties: { append: { sizes: 'M' } } };
      await profiles.updateProfile(id, {
        data: { type: ProfileEnum.Profile, id, attributes: { properties: { tier: 'gold' } }, meta },
      });
      const read = await profiles.getProfile(id, { additionalFieldsProfile: ['subscriptions'], include: ['lists'] });
      const { firstName, lastName, location, properties, subscriptions, created } = read.body.data.attributes;
      return {
        statuses: [first.response.status, second.response.status, read.response.status],
        name: [firstName, lastName],
        location: [location?.city, location?.latitude],
        properties,
        consent: subscriptions?.email?.marketing?.consent,
        created: created instanceof Date,
      };
    },
    seen: {
      statuses: [201, 200, 200],
      name: ['Eve', 'Lee'],
      location: ['Graz', 47.07],
      properties: { tier: 'gold', sizes: ['M'] },
      consent: 'NEVER_SUBSCRIBED',
      created: true,
    },
  },
  {
    does: 'finds profiles by every filter it can write, sorts and pages them',
    async play(klaviyo) {
      const { profiles } = klaviyo;
      const ids = [
        await create(klaviyo, EVE, { phoneNumber: '+15005550001' }),
        await create(klaviyo, 'o+1@example.com'),
      ];
      const filters = [
        `equals(email,"${EVE}")`,
        'equals(email,"o+1@example.com")',
        `any(email,["${EVE}","o+1@example.com"])`,
        'equals(phone_number,"+15005550001")',
        `any(id,["${ids[0]}"])`,
        'greater-than(created,2026-01-01T00:00:00Z)',
        'less-than(updated,2026-01-01T00:00:00Z)',
        'equals(subscriptions.email.marketing.suppression.reason,"HARD_BOUNCE")',
      ];
      const counts: number[] = [];
      for (const filter of filters) counts.push((await profiles.getProfiles({ filter })).body.data.length);
      const sorted = await profiles.getProfiles({ sort: '-email', pageSize: 1, fieldsProfile: ['email'] });
      return { counts, sorted: sorted.body.data.map(({ attributes }) => attributes.email) };
    },
    seen: { counts: [1, 1, 2, 1, 1, 2, 0, 0], sorted: ['o+1@example.com'] },
  },
  {
    does: 'hears of a duplicate, with the id of the profile that has the address',
    async play(klaviyo) {
      const id = await create(klaviyo, EVE);
      const { status, data } = await klaviyo.refusal(create(klaviyo, EVE));
      const [error] = data.errors;
      return [status, error?.code, error?.source.pointer, error?.meta.duplicate_profile_id === id];
    },
    seen: [409, 'duplicate_profile', '/data/attributes', true],
  },
  {
    does: 'merges one profile into another',
    async play(klaviyo) {
      const { profiles, later } = klaviyo;
      const [into, source] = [await create(klaviyo, EVE), await create(klaviyo, 'old@example.com')];
      const { response, body } = await profiles.mergeProfiles({
        data: {
          type: 'profile-merge',
          id: into,
          relationships: { profiles: { data: [{ type: ProfileEnum.Profile, id: source }] } },
        },
      });
      later();
      const gone = await klaviyo.refusal(profiles.getProfile(source));
      return [response.status, body.data.id === into, gone.status];
    },
    seen: [201, true, 404],
  },
  {
    does: 'has a profile deleted',
    async play(klaviyo) {
      await create(klaviyo, EVE);
      const { response } = await klaviyo.privacy.requestProfileDeletion({
        data: {
          type: 'data-privacy-deletion-job',
          attributes: { profile: { data: { type: ProfileEnum.Profile, attributes: { email: EVE } } } },
        },
      });
      const before = (await klaviyo.profiles.getProfiles()).body.data.length;
      klaviyo.later();
      const after = (await klaviyo.profiles.getProfiles()).body.data.length;
      return { status: response.status, before, after };
    },
    seen: { status: 202, before: 1, after: 0 },
  },
];
