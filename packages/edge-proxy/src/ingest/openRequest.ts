import type { JsonObject, Scope, Source } from '@sluice/shared';
import type { Settings } from '../settings.ts';
import { authenticate } from './authenticate.ts';
import type { Failure } from './failure.ts';
import { readBody } from './readBody.ts';

type OpenedRequest = { ok: true; body: JsonObject; source: Source } | Failure;

/** Reads a request's body and finds whom it speaks for. The key may stand in the body, so the body comes first. */
export async function openRequest(request: Request, scope: Scope, settings: Settings): Promise<OpenedRequest> {
  const read = await readBody(request);
  if (!read.ok) return read;
  const { body } = read;
  const [authorization, origin] = ['authorization', 'origin'].map((name) => request.headers.get(name));
  const auth = authenticate(
    { authorization: authorization ?? null, bodyKey: body.writeKey, origin: origin ?? null },
    scope,
    settings,
  );
  return auth.ok ? { ok: true, body, source: auth.source } : auth;
}
