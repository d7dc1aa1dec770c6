import { type Call, ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { presentList } from '../../present/presentList.ts';
import { presentProfile } from '../../present/presentProfile.ts';
import { presentSegment } from '../../present/presentSegment.ts';
import { narrowProfiles } from '../../read/narrowProfiles.ts';
import { profileFilters } from '../../read/profileFilters.ts';
import { readCollection } from '../../read/readCollection.ts';
import { refreshSegment } from '../../state/refreshSegment.ts';
import type { Account, List, Profile, Segment } from '../../state/types.ts';

const PAGE = { size: 20, max: 100 };

const newest = (times: { atMs: number }[]) => Math.max(0, ...times.map(({ atMs }) => atMs));

export const getProfiles: Route = {
  operation: 'get_profiles',
  handle(call) {
    const read = readCollection<Profile>(call, {
      rows: (clauses) => narrowProfiles(call.account, clauses),
      id: (profile) => profile.id,
      filters: profileFilters,
      sorts: {
        created: (profile) => profile.createdMs,
        updated: (profile) => profile.updatedMs,
        email: (profile) => profile.email ?? '',
        id: (profile) => profile.id,
        'subscriptions.email.marketing.suppression.timestamp': (profile) => newest(profile.suppressions),
        'subscriptions.email.marketing.list_suppressions.timestamp': (profile) => newest(profile.listSuppressions),
      },
      page: PAGE,
    });
    return read.ok
      ? ok({ data: read.rows.map((profile) => presentProfile(call, profile)), links: read.links })
      : read.answer;
  },
};

export const getProfile: Route = {
  operation: 'get_profile',
  handle(call) {
    const profile = call.account.profiles.get(call.id);
    if (!profile) return noProfile(call.id);
    const links = { self: `${call.origin}${call.path}` };
    return ok({ ...withIncluded(call, profile), links });
  },
};

export const getListsForProfile: Route = {
  operation: 'get_lists_for_profile',
  handle(call) {
    const profile = call.account.profiles.get(call.id);
    if (!profile) return noProfile(call.id);
    const data = listsOf(call.account, profile).map((list) => presentList(call, list));
    return ok({ data, links: { self: `${call.origin}${call.path}` } });
  },
};

export const getListIdsForProfile: Route = {
  operation: 'get_list_ids_for_profile',
  handle(call) {
    const profile = call.account.profiles.get(call.id);
    if (!profile) return noProfile(call.id);
    const data = listsOf(call.account, profile).map(({ id }) => ({ type: 'list', id }));
    return ok({ data, links: { self: `${call.origin}${call.path}` } });
  },
};

export const noProfile = (id: string) => notFound(`A profile with id ${id} does not exist.`);

/** A profile and what `include` names of it, linked as JSON:API has it. Conversations and push tokens there are none. */
function withIncluded(call: Call, profile: Profile) {
  const data = presentProfile(call, profile);
  const wanted = call.query.get('include')?.split(',');
  if (wanted === undefined) return { data };
  const lists = wanted.includes('lists') && listsOf(call.account, profile).map((list) => presentList(call, list));
  const segments = wanted.includes('segments') && segmentsOf(call, profile).map((row) => presentSegment(call, row));
  const { relationships } = data;
  const linked = {
    ...relationships,
    ...(lists && { lists: { ...relationships.lists, data: lists.map(refer) } }),
    ...(segments && { segments: { ...relationships.segments, data: segments.map(refer) } }),
  };
  return { data: { ...data, relationships: linked }, included: [...(lists || []), ...(segments || [])] };
}

const refer = ({ type, id }: { type: string; id: string }) => ({ type, id });

function segmentsOf({ world, account, nowMs }: Call, profile: Profile): Segment[] {
  return [...account.segments.values()].filter((segment) =>
    refreshSegment(world, account, { segment, nowMs }).members.has(profile.id),
  );
}

function listsOf(account: Account, profile: Profile): List[] {
  return [...account.lists.values()].filter((list) => list.members.has(profile.id));
}
