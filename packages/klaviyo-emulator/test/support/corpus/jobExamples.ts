import { importBody, PATHS } from '../bodies.ts';
import type { Example } from './Example.ts';
import { addresses, email, job, person } from './pieces.ts';

export function jobExamples(ids: { importJob: string; suppressJob: string; unsuppressJob: string }): Example[] {
  const at = `${PATHS.bulkImport}/${ids.importJob}`;
  const people = [{ ...person }, email('new')];
  const suppression = (operation: 'bulk_suppress_profiles' | 'bulk_unsuppress_profiles', path: string) => {
    const type = path.slice('/api/'.length, -1);
    const bound = { at: '/data/attributes/profiles/data', tooMany: 101 };
    return { operation, method: 'POST', path, body: job(type, addresses('bob')), bound } as const;
  };
  return [
    { operation: 'get_bulk_import_profiles_jobs', method: 'GET', path: PATHS.bulkImport, collection: true },
    {
      operation: 'bulk_import_profiles',
      method: 'POST',
      path: PATHS.bulkImport,
      body: importBody([email('new')]),
      full: importBody(people, 'DEMO01'),
      bound: { at: '/data/attributes/profiles/data', tooMany: 10_001 },
    },
    { operation: 'get_bulk_import_profiles_job', method: 'GET', path: at },
    {
      operation: 'get_errors_for_bulk_import_profiles_job',
      method: 'GET',
      path: `${at}/import-errors`,
      collection: true,
    },
    {
      operation: 'get_profile_ids_for_bulk_import_profiles_job',
      method: 'GET',
      path: `${at}/relationships/profiles`,
      collection: true,
    },
    suppression('bulk_suppress_profiles', PATHS.suppress),
    { operation: 'get_bulk_suppress_profiles_jobs', method: 'GET', path: PATHS.suppress, collection: true },
    { operation: 'get_bulk_suppress_profiles_job', method: 'GET', path: `${PATHS.suppress}/${ids.suppressJob}` },
    suppression('bulk_unsuppress_profiles', PATHS.unsuppress),
    { operation: 'get_bulk_unsuppress_profiles_job', method: 'GET', path: `${PATHS.unsuppress}/${ids.unsuppressJob}` },
  ];
}
