import { ProfileEnum } from 'klaviyo-api';
import type { Witness } from '../support/openWitness.ts';
import type { Scene } from './Scene.ts';

const SUE = 'sue@example.com';
const people = { profiles: { data: [{ type: ProfileEnum.Profile, attributes: { email: SUE } }] } };

const suppressionsOf = async ({ profiles }: Witness) => {
  const found = await profiles.getProfiles({
    filter: `equals(email,"${SUE}")`,
    additionalFieldsProfile: ['subscriptions'],
  });
  return found.body.data[0]?.attributes.subscriptions?.email?.marketing?.suppression?.map(({ reason }) => reason);
};

export const SUPPRESSION_SCENES: Scene[] = [
  {
    does: 'suppresses and unsuppresses an address, and follows both jobs',
    async play(klaviyo) {
      const { profiles, later } = klaviyo;
      await profiles.createProfile({ data: { type: ProfileEnum.Profile, attributes: { email: SUE } } });
      const stop = await profiles.bulkSuppressProfiles({
        data: { type: 'profile-suppression-bulk-create-job', attributes: people },
      });
      later();
      const stopped = await profiles.getBulkSuppressProfilesJob(stop.body.data.id);
      const all = await profiles.getBulkSuppressProfilesJobs({ filter: 'equals(status,"complete")', sort: '-created' });
      const during = await suppressionsOf(klaviyo);
      const free = await profiles.bulkUnsuppressProfiles({
        data: { type: 'profile-suppression-bulk-delete-job', attributes: people },
      });
      later();
      const freed = await profiles.getBulkUnsuppressProfilesJob(free.body.data.id);
      return {
        accepted: [stop.response.status, free.response.status],
        jobs: [stopped, freed].map(({ body: { data } }) => [data.attributes.status, data.attributes.completedCount]),
        all: all.body.data.map(({ id }) => id === stop.body.data.id),
        during,
        after: await suppressionsOf(klaviyo),
      };
    },
    seen: {
      accepted: [202, 202],
      jobs: [
        ['complete', 1],
        ['complete', 1],
      ],
      all: [true],
      during: ['USER_SUPPRESSED'],
      after: [],
    },
  },
];
