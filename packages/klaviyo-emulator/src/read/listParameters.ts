import type { OperationName } from '../operations.ts';
import { QUERY_PARAMETERS } from './queryParameters.ts';

/** Each query parameter an operation takes, with its values where they are fixed, and null where any text will do. */
export function listParameters(operation: OperationName): Map<string, readonly string[] | null> {
  const { fields = [], include, additional = {}, sort, plain = [] } = QUERY_PARAMETERS[operation];
  const names = new Map<string, readonly string[] | null>();
  for (const type of fields) names.set(`fields[${type}]`, null);
  for (const [type, values] of Object.entries(additional)) names.set(`additional-fields[${type}]`, values);
  if (include) names.set('include', include);
  if (sort)
    names.set(
      'sort',
      sort.flatMap((name) => [name, `-${name}`]),
    );
  for (const name of plain) names.set(name, null);
  return names;
}
