import type { Route } from '../../http/Call.ts';
import { invalid } from '../../http/problem.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { mergeBody } from '../../validate/bodies/profiles.ts';
import { asChecked, type MergeBody } from '../../wire.ts';
import { noProfile } from './readProfiles.ts';

/** Answers at once with the destination; the merge itself comes later. */
export const mergeProfilesRoute: Route = {
  operation: 'merge_profiles',
  check: mergeBody,
  countItems: () => 1,
  handle({ world, account, body, nowMs, origin }) {
    const { data } = asChecked<MergeBody>(body);
    const source = data.relationships.profiles.data?.[0]?.id ?? '';
    if (!account.profiles.has(data.id)) return noProfile(data.id);
    if (!account.profiles.has(source)) return noProfile(source);
    const pointer = '/data/relationships/profiles/data/0/id';
    if (source === data.id) return invalid(pointer, 'A profile cannot be merged into itself.');
    const dueMs = visibleAt(world, nowMs);
    schedule(world, account, { work: { kind: 'merge', into: data.id, source }, dueMs });
    const self = `${origin}/api/profiles/${data.id}`;
    return { status: 201, body: { data: { type: 'profile', id: data.id, links: { self } }, links: { self } } };
  },
};
