import type { Tier } from '../limits.ts';
import { OPERATIONS, type OperationName } from '../operations.ts';

export interface Bucket {
  /** An operation, or what several operations share. */
  readonly operation: string;
  readonly tier: Tier;
}

const PROFILE_COUNT = ['profile_count'];

/** Parameters so costly that they draw on a second bucket (spec and guide, "query param limits"; the segment's as the list's). */
const COSTLY: { of?: OperationName; parameter: string; values: string[]; bucket: Bucket }[] = [
  {
    of: 'get_list',
    parameter: 'additional-fields[list]',
    values: PROFILE_COUNT,
    bucket: { operation: 'get_list:profile_count', tier: 'XS' },
  },
  {
    of: 'get_segment',
    parameter: 'additional-fields[segment]',
    values: PROFILE_COUNT,
    bucket: { operation: 'get_segment:profile_count', tier: 'XS' },
  },
  {
    of: 'get_profile',
    parameter: 'include',
    values: ['lists', 'segments'],
    bucket: { operation: 'get_profile:include', tier: 'XS' },
  },
  // Shared by all operations that can add it.
  {
    parameter: 'additional-fields[profile]',
    values: ['predictive_analytics'],
    bucket: { operation: 'predictive_analytics', tier: 'M' },
  },
];

/** Names of the buckets that are no operation. */
export const EXTRA_BUCKETS: readonly string[] = COSTLY.map(({ bucket }) => bucket.operation);

/** The operation's own bucket, then those of its costly parameters. */
export function findBuckets(operation: OperationName, query: URLSearchParams): Bucket[] {
  const named = COSTLY.filter(({ of = operation, parameter, values }) => {
    const given = query.get(parameter)?.split(',') ?? [];
    return of === operation && values.some((value) => given.includes(value));
  });
  return [{ operation, tier: OPERATIONS[operation].tier }, ...named.map(({ bucket }) => bucket)];
}
