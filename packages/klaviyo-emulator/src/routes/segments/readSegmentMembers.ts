import type { Answer, Call, Route } from '../../http/Call.ts';
import { presentProfile } from '../../present/presentProfile.ts';
import type { FilterFields } from '../../read/matchClauses.ts';
import { refreshSegment } from '../../state/refreshSegment.ts';
import { type Member, readMembers } from '../lists/readMembers.ts';
import { noSegment } from './readSegments.ts';

// The one filter that a segment's members have and a list's have not.
const filters: FilterFields<Member> = {
  profile_id: { operators: ['equals', 'any'], read: ({ profile }) => profile.id },
};

function readSegmentMembers(call: Call, present: (member: Member) => unknown): Answer {
  const { world, account, nowMs } = call;
  const segment = account.segments.get(call.id);
  if (!segment) return noSegment(call.id);
  const { members } = refreshSegment(world, account, { segment, nowMs });
  return readMembers(call, { members, filters, present });
}

export const getProfilesForSegment: Route = {
  operation: 'get_profiles_for_segment',
  handle: (call) => readSegmentMembers(call, ({ profile, joinedMs }) => presentProfile(call, profile, joinedMs)),
};

export const getProfileIdsForSegment: Route = {
  operation: 'get_profile_ids_for_segment',
  handle: (call) => readSegmentMembers(call, ({ profile }) => ({ type: 'profile', id: profile.id })),
};
