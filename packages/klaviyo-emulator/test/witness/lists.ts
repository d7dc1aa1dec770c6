import { ListEnum, ProfileEnum } from 'klaviyo-api';
import type { Scene } from './Scene.ts';

export const LIST_SCENES: Scene[] = [
  {
    does: 'creates, renames, finds and deletes a list',
    async play(klaviyo) {
      const { lists } = klaviyo;
      const created = await lists.createList({
        data: { type: ListEnum.List, attributes: { name: 'VIP', optInProcess: 'single_opt_in' } },
      });
      const { id } = created.body.data;
      const renamed = await lists.updateList(id, {
        data: { type: ListEnum.List, id, attributes: { name: 'Gold', optInProcess: 'double_opt_in' } },
      });
      const all = await lists.getLists({ sort: 'name', filter: 'any(name,["Gold","Newsletter"])' });
      const one = await lists.getList(id, { additionalFieldsList: ['profile_count'] });
      const deleted = await lists.deleteList(id);
      const gone = await klaviyo.refusal(lists.getList(id));
      return {
        statuses: [created, renamed, one, deleted].map(({ response }) => response.status).concat(gone.status),
        names: all.body.data.map(({ attributes }) => attributes.name),
        one: [one.body.data.attributes.optInProcess, one.body.data.attributes.profileCount],
      };
    },
    seen: { statuses: [201, 200, 200, 204, 404], names: ['Gold', 'Newsletter'], one: ['double_opt_in', 0] },
  },
  {
    does: "changes a list's members by id, and reads them from both sides",
    async play({ lists, profiles }) {
      const attributes = { email: 'ada@example.com' };
      const created = await profiles.createProfile({ data: { type: ProfileEnum.Profile, attributes } });
      const id = created.body.data.id ?? '';
      const member = { data: [{ type: ProfileEnum.Profile, id }] };
      const added = await lists.addProfilesToList('DEMO01', member);
      const options = { additionalFieldsProfile: ['subscriptions' as const], sort: '-joined_group_at' as const };
      const members = await lists.getProfilesForList('DEMO01', options);
      const memberIds = await lists.getProfileIdsForList('DEMO01', { filter: 'equals(email,"ada@example.com")' });
      const listsOf = await profiles.getListsForProfile(id);
      const listIdsOf = await profiles.getListIdsForProfile(id);
      const removed = await lists.removeProfilesFromList('DEMO01', member);
      const left = await lists.getProfileIdsForList('DEMO01');
      return {
        statuses: [added.response.status, removed.response.status],
        members: members.body.data.map(({ attributes: { email, joinedGroupAt, subscriptions } }) => {
          return [email, joinedGroupAt instanceof Date, subscriptions?.email?.marketing?.consent];
        }),
        memberIds: memberIds.body.data.map((profile) => profile.id === id),
        lists: listsOf.body.data.map((list) => list.attributes.name),
        listIds: listIdsOf.body.data.map((list) => list.id),
        left: left.body.data,
      };
    },
    seen: {
      statuses: [204, 204],
      members: [['ada@example.com', true, 'NEVER_SUBSCRIBED']],
      memberIds: [true],
      lists: ['Newsletter'],
      listIds: ['DEMO01'],
      left: [],
    },
  },
];
