import { ProfileEnum } from 'klaviyo-api';
import { DEMO_ACCOUNT } from '../../src/options.ts';
import type { Scene } from './Scene.ts';

const segments = [
  { id: 'SEGALL', name: 'Everybody' },
  { id: 'SEGVIP', name: 'VIP', where: 'equals(email,"vip@example.com")' },
];

export const SEGMENT_SCENES: Scene[] = [
  {
    does: 'reads segments and who belongs to them',
    options: { accounts: [{ ...DEMO_ACCOUNT, segments }] },
    async play(klaviyo) {
      const { later, profiles } = klaviyo;
      for (const email of ['ada@example.com', 'vip@example.com'])
        await profiles.createProfile({ data: { type: ProfileEnum.Profile, attributes: { email } } });
      later();
      const all = await klaviyo.segments.getSegments({ sort: 'name', filter: 'any(name,["VIP","Everybody"])' });
      const one = await klaviyo.segments.getSegment('SEGVIP', { additionalFieldsSegment: ['profile_count'] });
      const members = await klaviyo.segments.getProfilesForSegment('SEGVIP', {
        additionalFieldsProfile: ['subscriptions'],
        sort: 'joined_group_at',
      });
      const ids = await klaviyo.segments.getProfileIdsForSegment('SEGALL', { pageSize: 1 });
      const none = await klaviyo.refusal(klaviyo.segments.getSegment('NOSUCH'));
      return {
        all: all.body.data.map(({ attributes }) => attributes.name),
        one: [one.body.data.id, one.body.data.attributes.profileCount],
        members: members.body.data.map(({ attributes }) => [
          attributes.email,
          attributes.joinedGroupAt instanceof Date,
          attributes.subscriptions?.email?.marketing?.consent,
        ]),
        pages: [ids.body.data.length, Boolean(ids.body.links?.next)],
        none: none.status,
      };
    },
    seen: {
      all: ['Everybody', 'VIP'],
      one: ['SEGVIP', 1],
      members: [['vip@example.com', true, 'NEVER_SUBSCRIBED']],
      pages: [1, true],
      none: 404,
    },
  },
];
