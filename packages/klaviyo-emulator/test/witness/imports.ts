import { ListEnum, ProfileEnum } from 'klaviyo-api';
import type { Witness } from '../support/openWitness.ts';
import type { Scene } from './Scene.ts';

const startImport = ({ profiles }: Witness, people: { email: string; phoneNumber?: string }[]) =>
  profiles.bulkImportProfiles({
    data: {
      type: 'profile-bulk-import-job',
      attributes: {
        profiles: { data: people.map((attributes) => ({ type: ProfileEnum.Profile, attributes })) },
      },
      relationships: { lists: { data: [{ type: ListEnum.List, id: 'DEMO01' }] } },
    },
  });

export const IMPORT_SCENES: Scene[] = [
  {
    does: 'imports profiles in bulk into a list and follows the job to its end',
    async play(klaviyo) {
      const { profiles, lists, later } = klaviyo;
      const { body, response } = await startImport(klaviyo, [{ email: 'i1@example.com' }, { email: 'i2@example.com' }]);
      const { id } = body.data;
      const status = async () => (await profiles.getBulkImportProfilesJob(id)).body.data.attributes.status;
      const statuses = [await status()];
      later(100);
      statuses.push(await status());
      later(100);
      statuses.push(await status());
      const all = await profiles.getBulkImportProfilesJobs({ filter: 'equals(status,"complete")', pageSize: 1 });
      const imported = await profiles.getProfileIdsForBulkImportProfilesJob(id);
      const members = await lists.getProfilesForList('DEMO01', { pageSize: 1 });
      return {
        accepted: response.status,
        statuses,
        jobs: all.body.data.map((job) => [job.id === id, job.attributes.completedCount]),
        imported: imported.body.data.length,
        members: [members.body.data.length, Boolean(members.body.links?.next)],
      };
    },
    seen: {
      accepted: 202,
      statuses: ['queued', 'processing', 'complete'],
      jobs: [[true, 2]],
      imported: 2,
      members: [1, true],
    },
  },
  {
    does: 'reads why one profile of an import failed: its identifiers belong to two people',
    async play(klaviyo) {
      const { profiles, later } = klaviyo;
      for (const attributes of [{ email: 'ada@example.com' }, { phoneNumber: '+15005550006' }])
        await profiles.createProfile({ data: { type: ProfileEnum.Profile, attributes } });
      const both = { email: 'ada@example.com', phoneNumber: '+15005550006' };
      const { body } = await startImport(klaviyo, [{ email: 'i1@example.com' }, both]);
      later();
      const job = await profiles.getBulkImportProfilesJob(body.data.id);
      const errors = await profiles.getErrorsForBulkImportProfilesJob(body.data.id);
      return {
        counts: [job.body.data.attributes.completedCount, job.body.data.attributes.failedCount],
        errors: errors.body.data.map(({ attributes }) => attributes.code),
      };
    },
    seen: { counts: [1, 1], errors: ['duplicate_profile'] },
  },
];
