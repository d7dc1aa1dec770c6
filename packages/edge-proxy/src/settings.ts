import {
  type Config,
  type ConfigProblem,
  isJsonObject,
  type PublicSource,
  parseConfig,
  type ServerSource,
} from '@sluice/shared';
import type { Env } from './env.ts';
import { findMissingQueue } from './ingest/queues.ts';

export interface LedgerKeys {
  current: string;
  keys: Record<string, string>;
}

/** The configuration and secrets, checked and indexed for look-up. */
export interface Settings {
  config: Config;
  publicSources: Map<string, PublicSource>;
  serverSources: Map<string, ServerSource>;
  /** Token → the operator's name. */
  operators: Map<string, string>;
  ledgerKeys: LedgerKeys;
  klaviyoKeys: Map<string, string>;
  /** What each account's Klaviyo signs its webhooks with, where it has any. */
  klaviyoWebhookSecrets: Map<string, string>;
  /** What webhooks are signed with; undefined where none are sent. */
  webhookSecret: string | undefined;
}

type ReadSettings = { ok: true; settings: Settings } | { ok: false; problems: ConfigProblem[] };

let cache: { env: Env; read: ReadSettings } | undefined;

/** Reads `SLUICE_CONFIG` and the secrets; every problem is listed. Cached for the isolate's life. */
export function readSettings(env: Env): ReadSettings {
  if (cache?.env !== env) cache = { env, read: checkSettings(env) };
  return cache.read;
}

/** The same for places that only run behind a door that has read the settings. Throws, listing the problems. */
export function requireSettings(env: Env): Settings {
  const read = readSettings(env);
  if (!read.ok) throw new Error(describeProblems(read.problems));
  return read.settings;
}

/** One line a problem, as a person reads it. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems.map(({ path, expected }) => `${path}: ${expected}`).join('\n');
}

function checkSettings(env: Env): ReadSettings {
  const parsed = parseConfig(readJson(env.SLUICE_CONFIG));
  if (!parsed.ok)
    return {
      ok: false,
      problems: parsed.problems.map((problem) => ({ ...problem, path: `SLUICE_CONFIG ${problem.path}` })),
    };
  const { config } = parsed;
  const problems: ConfigProblem[] = findMissingQueues(config, env);
  const secretKeys = readKeyRing('SECRET_KEYS', env.SECRET_KEYS, '{"backend":["sk_…"]}', problems);
  const operators = readKeyRing('OPERATOR_TOKENS', env.OPERATOR_TOKENS, '{"alice":["op_…"]}', problems);
  const ledgerKeys = readLedgerKeys(env.LEDGER_KEYS, problems);
  const klaviyoKeys = readKlaviyoKeys(config, env, problems);
  const webhookSecret = readWebhookSecret(config, env, problems);
  const publicSources = new Map<string, PublicSource>();
  const serverSources = new Map<string, ServerSource>();
  for (const source of config.sources) {
    if (source.kind === 'public') publicSources.set(source.writeKey, source);
    else indexServerSource(source, secretKeys, serverSources, problems);
  }
  if ([...secretKeys.keys()].some((key) => publicSources.has(key)))
    problems.push({ path: 'SECRET_KEYS', expected: 'keys that are no write key: a write key stands in every page' });
  if (problems.length > 0 || ledgerKeys === undefined) return { ok: false, problems };
  const klaviyoWebhookSecrets = readSecrets(config, env, 'KLAVIYO_WEBHOOK_SECRET');
  const secrets = { operators, ledgerKeys, klaviyoKeys, klaviyoWebhookSecrets, webhookSecret };
  return { ok: true, settings: { config, publicSources, serverSources, ...secrets } };
}

/** Messages for a queue that is not bound would have nowhere to go. */
function findMissingQueues(config: Config, env: Env): ConfigProblem[] {
  const binding = findMissingQueue(env, config);
  if (binding === undefined) return [];
  const cure = `deploy with "npm run deploy:proxy", which binds them, or lower the number`;
  return [{ path: 'SLUICE_CONFIG ingest.queues', expected: `as many queues as are bound; ${binding} is not: ${cure}` }];
}

function indexServerSource(
  source: ServerSource,
  secretKeys: ReadonlyMap<string, string>,
  index: Map<string, ServerSource>,
  problems: ConfigProblem[],
): void {
  const keys = [...secretKeys].filter(([, id]) => id === source.id).map(([key]) => key);
  for (const key of keys) index.set(key, source);
  if (keys.length > 0) return;
  problems.push({
    path: 'SECRET_KEYS',
    expected: `a key for the source "${source.id}", e.g. {"${source.id}":["sk_…"]}`,
  });
}

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** `{ name: [key, …] }` turned round into key → name. */
function readKeyRing(
  path: string,
  text: string | undefined,
  example: string,
  problems: ConfigProblem[],
): Map<string, string> {
  const ring = readJson(text);
  const entries = isJsonObject(ring) ? Object.entries(ring) : undefined;
  const valid = entries?.every(
    ([, keys]) => Array.isArray(keys) && keys.every((key) => typeof key === 'string' && key.length >= 6),
  );
  if (!entries || !valid) {
    problems.push({
      path,
      expected: `JSON of names and lists of keys of at least 6 characters, e.g. ${example}, or {} for none`,
    });
    return new Map();
  }
  return new Map(entries.flatMap(([name, keys]) => (keys as string[]).map((key) => [key, name] as const)));
}

function readLedgerKeys(text: string | undefined, problems: ConfigProblem[]): LedgerKeys | undefined {
  const value = readJson(text);
  const keys = isJsonObject(value) ? value.keys : undefined;
  const current = isJsonObject(value) ? value.current : undefined;
  if (
    isJsonObject(keys) &&
    typeof current === 'string' &&
    Object.values(keys).every((key) => typeof key === 'string' && key.length >= 32) &&
    Object.hasOwn(keys, current)
  ) {
    return { current, keys: keys as Record<string, string> };
  }
  problems.push({
    path: 'LEDGER_KEYS',
    expected: 'JSON such as {"current":"1","keys":{"1":"<at least 32 random characters>"}}',
  });
  return undefined;
}

/** Needed only where an address is set. Short keys can be guessed from one body. */
function readWebhookSecret({ webhooks }: Config, env: Env, problems: ConfigProblem[]): string | undefined {
  const set = Object.entries(webhooks).find(([, address]) => address !== null);
  if (!set) return undefined;
  if (env.WEBHOOK_SECRET !== undefined && env.WEBHOOK_SECRET.length >= 32) return env.WEBHOOK_SECRET;
  problems.push({
    path: 'WEBHOOK_SECRET',
    expected: `at least 32 random characters, since "webhooks.${set[0]}" is set: wrangler secret put WEBHOOK_SECRET`,
  });
  return undefined;
}

function readKlaviyoKeys(config: Config, env: Env, problems: ConfigProblem[]): Map<string, string> {
  const keys = readSecrets(config, env, 'KLAVIYO_API_KEY');
  for (const account of Object.keys(config.accounts)) {
    const path = secretOf('KLAVIYO_API_KEY', account);
    if (!keys.has(account)) problems.push({ path, expected: `a Klaviyo private API key: wrangler secret put ${path}` });
  }
  return keys;
}

type AccountSecret = 'KLAVIYO_API_KEY' | 'KLAVIYO_WEBHOOK_SECRET';

/** The secret of each account that has one. */
function readSecrets({ accounts }: Config, env: Env, name: AccountSecret): Map<string, string> {
  const secrets = Object.keys(accounts).map((account) => [account, env[secretOf(name, account)]] as const);
  return new Map(secrets.flatMap(([account, secret]) => (secret ? [[account, secret] as const] : [])));
}

function secretOf<Name extends AccountSecret>(name: Name, account: string): Name | `${Name}_${string}` {
  return account === 'main' ? name : `${name}_${account.toUpperCase()}`;
}
