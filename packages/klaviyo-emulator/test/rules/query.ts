import { eventBody, importBody, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const CHECK = 'http/checkQuery.ts';

/** The rule that each of these reads is refused, in order, for the parameter named beside it. */
function refusesQueries(rule: string, queries: Record<string, string>, off: Rule['off']): Rule {
  return {
    rule,
    async scene(open) {
      const { send } = open();
      const replies = await Promise.all(Object.keys(queries).map((path) => send('GET', path)));
      return replies.flatMap(errorsOf);
    },
    seen: Object.values(queries).map((parameter) => `400 invalid ${parameter}`),
    off,
  };
}

const unknownParameter = without(
  CHECK,
  'if (values === undefined) return',
  'if (values === undefined) continue;\n    if (!values && values !== null) return',
);

export const QUERY_RULES: Rule[] = [
  refusesQueries(
    'a query parameter that the operation does not have is refused',
    {
      '/api/profiles?email=ada@example.com': 'email',
      '/api/metrics?page[size]=10': 'page[size]',
      '/api/metrics?sort=created': 'sort',
      '/api/profiles/none/lists?page[cursor]=x': 'page[cursor]',
      '/api/lists?company_id=EMULAT': 'company_id',
    },
    unknownParameter,
  ),
  refusesQueries(
    'fields of a type that the operation cannot answer are refused',
    { '/api/lists?fields[profile]=email': 'fields[profile]', '/api/events?fields[events]=uuid': 'fields[events]' },
    unknownParameter,
  ),
  refusesQueries(
    'additional fields of a type, or by a name, that the operation does not have are refused',
    {
      '/api/lists?additional-fields[list]=profile_count': 'additional-fields[list]',
      '/api/lists/DEMO01?additional-fields[list]=size': 'additional-fields[list]',
      '/api/profiles?additional-fields[profile]=subscriptions,lists': 'additional-fields[profile]',
    },
    without(CHECK, 'if (wrong !== undefined)', 'if (false)'),
  ),
  refusesQueries(
    'a relation that the operation does not include is refused, also before the resource is looked for',
    {
      '/api/events?include=metric,lists': 'include',
      '/api/profiles?include=lists': 'include',
      '/api/lists/DEMO01?include=profiles': 'include',
      '/api/profiles/none?include=list': 'include',
    },
    without(CHECK, 'if (wrong !== undefined)', 'if (false)'),
  ),
  {
    rule: 'an import job includes its lists where they are asked for',
    async scene(open) {
      const { send } = open();
      const { body } = await send('POST', PATHS.bulkImport, importBody([{ email: 'ada@example.com' }], 'DEMO01'));
      const path = `${PATHS.bulkImport}/${body.data.id}`;
      const included = (await send('GET', `${path}?include=lists`)).body.included;
      return [included?.map(({ id }: { id: string }) => id), 'included' in (await send('GET', path)).body];
    },
    seen: [['DEMO01'], false],
    off: without('routes/imports/readJobs.ts', '...includedIn(call, job), '),
  },
  {
    rule: 'the query is judged before the body, and after the limits',
    async scene(open) {
      const { send } = open({ limits: { operations: { create_event: { burstPerSecond: 1 } } } });
      const path = `${PATHS.event}?include=metric`;
      return [...errorsOf(await send('POST', path, { data: 1 })), ...errorsOf(await send('POST', path, eventBody()))];
    },
    seen: ['400 invalid include', '429 throttled /data/'],
    off: without('http/answerCall.ts', 'if (wrongQuery) return limited(wrongQuery);'),
  },
];
