import type { JsonObject, Scope, Source } from '@sluice/shared';
import type { Settings } from '../settings.ts';
import { authenticate } from './authenticate.ts';
import type { Failure } from './failure.ts';
import { readBody } from './readBody.ts';

type OpenedRequest = { ok: true; body: JsonObject; bytes: number; source: Source } | Failure;

/** Reads a request's body and finds whom it speaks for. The key may stand in the body, so the body comes first. */
export async function openRequest(request: Request, scope: Scope, settings: Settings): Promise<OpenedRequest> {
  const read = await readBody(request);
  if (!read.ok) return read;
  const { body, bytes } = read;
  const { headers } = request;
  const credentials = {
    authorization: headers.get('authorization'),
    bodyKey: body.writeKey,
    origin: headers.get('origin'),
  };
  const auth = authenticate(credentials, scope, settings);
  return auth.ok ? { ok: true, body, bytes, source: auth.source } : auth;
}
