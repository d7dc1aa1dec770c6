import { type Config, ConfigSchema } from './schema.ts';

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
  const problems = danglingReferences(parsed.data);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: parsed.data };
}

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
  for (const [index, { account }] of config.rules.entries()) {
    if (!Object.hasOwn(config.accounts, account))
      problems.push({ path: `rules.${index}.account`, expected: `one of: ${Object.keys(config.accounts).join(', ')}` });
  }
  return problems;
}
