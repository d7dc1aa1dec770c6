import type { PublicSource, Scope, Source } from '@sluice/shared';
import type { Settings } from '../settings.ts';
import { type Failure, fail } from './failure.ts';

type Authenticated = { ok: true; source: Source } | Failure;

export interface Credentials {
  authorization: string | null;
  /** `writeKey` of the body. */
  bodyKey: unknown;
  origin: string | null;
}

/** Finds the source that a request speaks for, and whether it may do what it asks. */
export function authenticate(
  { authorization, bodyKey, origin }: Credentials,
  scope: Scope,
  settings: Settings,
): Authenticated {
  const key = readAuthorization(authorization) ?? (typeof bodyKey === 'string' ? bodyKey : undefined);
  if (!key) return fail('key_missing');
  const server = settings.serverSources.get(key);
  if (server) {
    return server.scopes.includes(scope)
      ? { ok: true, source: server }
      : fail('key_scope', `The key lacks the scope "${scope}".`);
  }
  const source = settings.publicSources.get(key);
  if (!source) return fail('key_unknown');
  if (!isOriginAllowed(source, origin)) {
    return fail(
      'origin_forbidden',
      `The origin ${origin ?? '(none)'} is not among the origins of the source "${source.id}".`,
    );
  }
  return { ok: true, source };
}

/** The key in an Authorization header: the user name of Basic (as Segment's SDKs send it) or a Bearer token. */
export function readAuthorization(header: string | null): string | undefined {
  const [, scheme, value] = /^(Basic|Bearer)\s+(\S+)$/i.exec(header ?? '') ?? [];
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (value === undefined) return undefined;
  try {
    return atob(value).split(':', 1)[0];
  } catch {
    return undefined;
  }
}

/** A browser always names the origin of a cross-site POST, so a missing one is no page of the shop's. */
function isOriginAllowed({ origins, allowNullOrigin }: PublicSource, origin: string | null): boolean {
  if (origins.includes('*')) return true;
  return origin === 'null' ? allowNullOrigin : origin !== null && origins.includes(origin);
}
