import { describe, expect, test } from 'vitest';
import type { Documented } from './support/compileContract.ts';
import { furnish } from './support/corpus/furnish.ts';
import { loadContract } from './support/loadContract.ts';

const contract = loadContract();

function operandOf({
  type,
  format,
  enum: values,
}: {
  type: string;
  format?: string;
  enum?: readonly string[];
}): string {
  if (format === 'date-time') return '2026-01-01T00:00:00Z';
  if (type === 'number') return '1767225600';
  return type === 'boolean' ? 'true' : `"${values?.[0] ?? 'a'}"`;
}

/** Every filter that the document allows: `any` takes a list, the other operators one value, `has` none. */
function filtersOf({ filters }: Documented): string[] {
  return Object.entries(filters).flatMap(([field, { operators, value }]) =>
    [...new Set(Object.values(operators).flat())].map((operator) => {
      if (value === undefined) return `${operator}(${field})`;
      return `${operator}(${field},${operator === 'any' ? `[${operandOf(value)}]` : operandOf(value)})`;
    }),
  );
}

describe.skipIf(contract === undefined)("by Klaviyo's OpenAPI document", () => {
  test('every collection takes every filter of the document, and pages from the smallest to the largest', async () => {
    const { send, examples } = await furnish();
    const refused: string[] = [];
    let asked = 0;
    for (const { operation, path } of examples) {
      const known = contract?.operations.find(({ id }) => id === operation);
      const size = known?.parameters.find(({ name }) => name === 'page[size]')?.schema;
      const queries = [
        ...(known ? filtersOf(known) : []).map((filter) => ['filter', filter]),
        ...(size ? [size.minimum, size.maximum] : []).map((each) => ['page[size]', String(each)]),
      ];
      for (const [name = '', value = ''] of queries) {
        const reply = await send('GET', `${path}?${new URLSearchParams({ [name]: value })}`);
        asked += 1;
        if (reply.status !== 200) refused.push(`${operation} ${name}=${value}: ${reply.body.errors[0].detail}`);
      }
    }
    expect({ refused, askedMany: asked > 100 || asked }).toEqual({ refused: [], askedMany: true });
  });
});
