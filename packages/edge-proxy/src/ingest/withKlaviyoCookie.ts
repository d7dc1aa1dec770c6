import { type Config, isJsonObject, type JsonObject, type Source } from '@sluice/shared';

/**
 * Adds Klaviyo's own cookie to what a page's batch says of all its events, where the configuration wants it and the
 * browser sent it: only a proxy within the shop's own domain is sent one. What the page says itself comes first.
 */
export function withKlaviyoCookie(
  body: JsonObject,
  request: Request,
  { source, identity }: { source: Source; identity: Config['identity'] },
): JsonObject {
  if (source.kind !== 'public' || !identity.klaviyoCookie) return body;
  const [, cookie] = /(?:^|;\s*)__kla_id=([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
  const { context = {} } = body;
  if (cookie === undefined || !isJsonObject(context ?? {})) return body;
  return { ...body, context: { klaviyo: { __kla_id: cookie }, ...(context as JsonObject | null) } };
}
