import type { OperationName } from '../operations.ts';
import { listParameters } from '../read/listParameters.ts';
import type { Answer } from './Call.ts';
import { invalidParameter } from './problem.ts';

/** Refuses a parameter that the operation does not have, and a value where the values are fixed. */
export function checkQuery(operation: OperationName, query: URLSearchParams): Answer | undefined {
  const known = listParameters(operation);
  for (const [name, text] of query) {
    const values = known.get(name);
    if (values === undefined) return invalidParameter(name, `'${name}' is not a query parameter of ${operation}.`);
    if (values === null) continue;
    const wrong = text.split(',').find((value) => !values.includes(value));
    if (wrong !== undefined)
      return invalidParameter(name, `'${wrong}' is not a value of '${name}': ${values.join(', ')}.`);
  }
  return undefined;
}
