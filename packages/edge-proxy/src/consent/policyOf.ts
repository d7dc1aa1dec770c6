import type { Config, ConsentPolicy, Source } from '@sluice/shared';

/** The consent policy that a source names; the configuration was checked for it. */
export function policyOf(source: Source, config: Config): ConsentPolicy {
  const policy = config.consent[source.policy];
  if (!policy) throw new Error(`the source "${source.id}" names no policy`);
  return policy;
}
