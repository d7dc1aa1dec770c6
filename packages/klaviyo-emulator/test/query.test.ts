import { describe, expect, test } from 'vitest';
import type { OperationName } from '../src/operations.ts';
import { listParameters } from '../src/read/listParameters.ts';
import { QUERY_PARAMETERS } from '../src/read/queryParameters.ts';
import type { Documented } from './support/compileContract.ts';
import { loadContract } from './support/loadContract.ts';

const contract = loadContract();

/** `name: values` of each query parameter; of the fields of a type no names are kept. */
function documented({ parameters }: Documented): string[] {
  return parameters
    .filter((each) => each.in === 'query')
    .map(({ name, schema }) => {
      const { enum: values } = schema.items ?? schema;
      const fixed = Array.isArray(values) && !name.startsWith('fields[');
      return `${name}: ${fixed ? [...values].sort() : 'any'}`;
    })
    .sort();
}

function taken(operation: OperationName): string[] {
  return [...listParameters(operation)]
    .map(([name, values]) => `${name}: ${values ? [...values].sort() : 'any'}`)
    .sort();
}

describe.skipIf(contract === undefined)("by Klaviyo's OpenAPI document", () => {
  test('every operation takes the query parameters of the document, with its values, and no others', () => {
    // The keys of the table are the names of operations.
    const names = Object.keys(QUERY_PARAMETERS) as OperationName[];
    const theirs = (contract?.operations ?? []).map((each) => [each.id, documented(each)]);
    expect(Object.fromEntries(names.map((name) => [name, taken(name)]))).toEqual(Object.fromEntries(theirs));
  });
});
