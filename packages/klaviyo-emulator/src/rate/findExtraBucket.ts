import type { Tier } from '../limits.ts';
import type { OperationName } from '../operations.ts';

interface ExtraBucket {
  readonly operation: string;
  readonly tier: Tier;
}

/** Some parameters are so costly that they draw on a second bucket of their own (spec and guide, "query param limits"). */
export function findExtraBucket(operation: OperationName, query: URLSearchParams): ExtraBucket | undefined {
  const names = (parameter: string) => (query.get(parameter) ?? '').split(',');
  if (operation === 'get_list' && names('additional-fields[list]').includes('profile_count'))
    return { operation: 'get_list:profile_count', tier: 'XS' };
  if (operation === 'get_profile' && names('include').some((name) => name === 'lists' || name === 'segments'))
    return { operation: 'get_profile:include', tier: 'XS' };
  // Shared by all operations that can add it.
  if (names('additional-fields[profile]').includes('predictive_analytics'))
    return { operation: 'predictive_analytics', tier: 'M' };
  return undefined;
}
