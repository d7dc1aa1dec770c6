import { type Answer, type Call, ok, type Route } from '../../http/Call.ts';
import { presentProfile } from '../../present/presentProfile.ts';
import type { FilterFields } from '../../read/matchClauses.ts';
import { readCollection } from '../../read/readCollection.ts';
import { listKxs } from '../../state/listKxs.ts';
import type { Profile } from '../../state/types.ts';
import { noList } from './readLists.ts';

export interface Member {
  profile: Profile;
  joinedMs: number;
}

const MATCH = ['equals', 'any'];
const RANGE = ['greater-than', 'greater-or-equal', 'less-than', 'less-or-equal'];
const PAGE = { size: 20, max: 100 };

const filters: FilterFields<Member> = {
  email: { operators: MATCH, kind: 'email', read: ({ profile }) => profile.email },
  phone_number: { operators: MATCH, read: ({ profile }) => profile.phoneNumber },
  push_token: { operators: MATCH, read: () => null },
  _kx: { operators: ['equals'], read: ({ profile }) => listKxs(profile) },
  joined_group_at: { operators: RANGE, kind: 'time', read: ({ joinedMs }) => joinedMs },
};

/** Newest members first, as Klaviyo's default has it; who left simply is not there. */
export function readMembers(
  call: Call,
  group: {
    members: ReadonlyMap<string, number>;
    /** What this kind of group may be filtered by besides. */
    filters: FilterFields<Member>;
    present: (member: Member) => unknown;
  },
): Answer {
  const rows = [...group.members].flatMap(([id, joinedMs]) => {
    const profile = call.account.profiles.get(id);
    return profile ? [{ profile, joinedMs }] : [];
  });
  const read = readCollection<Member>(call, {
    rows,
    id: ({ profile }) => profile.id,
    filters: { ...filters, ...group.filters },
    sorts: { joined_group_at: ({ joinedMs }) => joinedMs },
    descendingByDefault: true,
    page: PAGE,
  });
  return read.ok ? ok({ data: read.rows.map(group.present), links: read.links }) : read.answer;
}

function readListMembers(call: Call, present: (member: Member) => unknown): Answer {
  const list = call.account.lists.get(call.id);
  return list ? readMembers(call, { members: list.members, filters: {}, present }) : noList(call.id);
}

export const getProfilesForList: Route = {
  operation: 'get_profiles_for_list',
  handle: (call) => readListMembers(call, ({ profile, joinedMs }) => presentProfile(call, profile, joinedMs)),
};

export const getProfileIdsForList: Route = {
  operation: 'get_profile_ids_for_list',
  handle: (call) => readListMembers(call, ({ profile }) => ({ type: 'profile', id: profile.id })),
};
