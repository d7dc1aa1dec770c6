import { memberBody, PATHS } from '../bodies.ts';
import type { Example } from './Example.ts';
import { job, resource } from './pieces.ts';

/** Lists and segments. */
export function listExamples({ ada }: { ada: string }): Example[] {
  const at = `${PATHS.lists}/DEMO01`;
  const members = { path: `${at}/relationships/profiles`, body: memberBody([ada]) };
  const bound = { at: '/data', tooMany: 1001 };
  const named = { name: 'VIP', opt_in_process: 'single_opt_in' };
  return [
    { operation: 'get_lists', method: 'GET', path: PATHS.lists, collection: true },
    {
      operation: 'create_list',
      method: 'POST',
      path: PATHS.lists,
      body: job('list', { name: 'VIP' }),
      full: job('list', named),
    },
    { operation: 'get_list', method: 'GET', path: at },
    {
      operation: 'update_list',
      method: 'PATCH',
      path: at,
      body: resource('list', 'DEMO01', {}),
      full: resource('list', 'DEMO01', named),
    },
    { operation: 'delete_list', method: 'DELETE', path: at },
    { operation: 'get_profiles_for_list', method: 'GET', path: `${at}/profiles`, collection: true },
    { operation: 'get_profile_ids_for_list', method: 'GET', path: members.path, collection: true },
    { operation: 'add_profiles_to_list', method: 'POST', ...members, bound },
    { operation: 'remove_profiles_from_list', method: 'DELETE', ...members, bound },
    { operation: 'get_segments', method: 'GET', path: '/api/segments', collection: true },
    { operation: 'get_segment', method: 'GET', path: '/api/segments/SEGALL' },
    { operation: 'get_profiles_for_segment', method: 'GET', path: '/api/segments/SEGALL/profiles', collection: true },
    {
      operation: 'get_profile_ids_for_segment',
      method: 'GET',
      path: '/api/segments/SEGALL/relationships/profiles',
      collection: true,
    },
  ];
}
