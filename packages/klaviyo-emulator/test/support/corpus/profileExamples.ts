import { PATHS, profileBody } from '../bodies.ts';
import type { Example } from './Example.ts';
import { email, job, meta, person, resource } from './pieces.ts';

export function profileExamples({ ada, bob }: { ada: string; bob: string }): Example[] {
  const at = `${PATHS.profiles}/${ada}`;
  const merge = { profiles: { data: [{ type: 'profile', id: bob }] } };
  const gone = { profile: { data: { type: 'profile', attributes: email('bob') } } };
  return [
    { operation: 'get_profiles', method: 'GET', path: PATHS.profiles, collection: true },
    {
      operation: 'create_profile',
      method: 'POST',
      path: PATHS.profiles,
      body: profileBody(email('new')),
      full: profileBody(person),
    },
    { operation: 'get_profile', method: 'GET', path: at },
    {
      operation: 'update_profile',
      method: 'PATCH',
      path: at,
      body: resource('profile', ada, {}),
      full: { data: { type: 'profile', id: ada, attributes: person, meta } },
    },
    {
      operation: 'create_or_update_profile',
      method: 'POST',
      path: PATHS.profileImport,
      body: profileBody(email('new')),
      full: profileBody(person, { meta }),
    },
    {
      operation: 'merge_profiles',
      method: 'POST',
      path: PATHS.merge,
      body: { data: { type: 'profile-merge', id: ada, relationships: merge } },
      bound: { at: '/data/relationships/profiles/data', tooMany: 2 },
    },
    { operation: 'get_lists_for_profile', method: 'GET', path: `${at}/lists` },
    { operation: 'get_list_ids_for_profile', method: 'GET', path: `${at}/relationships/lists` },
    {
      operation: 'request_profile_deletion',
      method: 'POST',
      path: PATHS.deletion,
      body: job('data-privacy-deletion-job', gone),
    },
  ];
}
