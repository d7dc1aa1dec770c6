import { type Config, ConfigSchema, type ConsentPolicy } from './schema.ts';

/** One thing that is wrong with a configuration: where, and what was expected there. */
export interface ConfigProblem {
  path: string;
  expected: string;
}

export type ParsedConfig = { ok: true; config: Config } | { ok: false; problems: ConfigProblem[] };

/** Checks a configuration and fills in its defaults. Lists every problem, not the first alone. */
export function parseConfig(input: unknown): ParsedConfig {
  const parsed = ConfigSchema.safeParse(input);
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map((issue) => ({
        path: issue.path.join('.') || '(top)',
        expected: issue.message,
      })),
    };
  }
  const config = { ...parsed.data, consent: { ...DEFAULT_POLICIES, ...parsed.data.consent } };
  const problems = danglingReferences(config);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}

const base = { optIn: ['EU', 'EEA', 'GB', 'CH'], optOut: ['US'], else: 'optIn', required: ['marketing'] } as const;

/** The policies that stand when the configuration does not name its own. */
const DEFAULT_POLICIES: Record<'default' | 'server', ConsentPolicy> = {
  default: {
    ...base,
    optIn: [...base.optIn],
    optOut: [...base.optOut],
    required: [...base.required],
    unknown: 'refuse',
    transactional: [],
  },
  server: {
    ...base,
    optIn: [...base.optIn],
    optOut: [...base.optOut],
    required: [...base.required],
    // The shop asked the person itself; a known denial still refuses.
    unknown: 'send',
    transactional: ['Order Completed', 'Order Fulfilled', 'Order Cancelled', 'Order Refunded'],
  },
};

function danglingReferences(config: Config): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const seen = new Set<string>();
  for (const [index, source] of config.sources.entries()) {
    const at = `sources.${index}`;
    if (!Object.hasOwn(config.accounts, source.account))
      problems.push({ path: `${at}.account`, expected: `one of: ${Object.keys(config.accounts).join(', ')}` });
    if (!Object.hasOwn(config.consent, source.policy))
      problems.push({ path: `${at}.policy`, expected: `one of: ${Object.keys(config.consent).join(', ')}` });
    const keys = source.kind === 'public' ? [source.id, source.writeKey] : [source.id];
    for (const key of keys) {
      if (seen.has(key)) problems.push({ path: at, expected: `an id and a write key of its own: "${key}" is taken` });
      seen.add(key);
    }
  }
  return problems;
}
