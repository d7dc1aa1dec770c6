import type { Config, Source } from '@sluice/shared';
import type { AcceptedEvent } from './acceptedEvent.ts';
import type { TakenIn } from './takeIn.ts';

/** Browsers keep no cookie longer (RFC 6265bis, section 5.5). */
const MAX_AGE_SECONDS = 400 * 24 * 3600;
/** What our SDK and Segment's draw; another id could end the cookie's value, or fill the browser's 4 KB. */
const ID = /^[\w-]{1,64}$/;

interface CookieFacts {
  request: Request;
  source: Source;
  identity: Config['identity'];
  taken: TakenIn;
}

/**
 * The cookie in which a browser keeps the visitor's anonymous id where its own storage ends after a week; undefined
 * where none is due. The page draws the id and ends it, and may read and delete the cookie: docs/decisions/0007.
 */
export function visitorCookie({ request, source, identity, taken }: CookieFacts): string | undefined {
  const domain = identity.cookieDomain;
  if (source.kind !== 'public' || domain === null || !isOfSite(request, domain)) return undefined;
  const name = `sluice.${source.writeKey}`;
  const rules = `Domain=${domain}; Path=/; SameSite=Lax${request.url.startsWith('https:') ? '; Secure' : ''}`;
  const id = latestId(taken.events);
  if (id !== undefined) return `${name}=${id}~${domain}; Max-Age=${MAX_AGE_SECONDS}; ${rules}`;
  const isDenied = taken.rejected.some(({ code }) => code === 'consent_denied');
  return isDenied ? `${name}=; Max-Age=0; ${rules}` : undefined;
}

/** Page and proxy both within the domain: elsewhere it would be another site's cookie, which browsers refuse. */
function isOfSite(request: Request, domain: string): boolean {
  const hosts = [request.url, request.headers.get('origin') ?? ''].map((url) => URL.parse(url)?.hostname);
  return hosts.every((host) => host === domain || host?.endsWith(`.${domain}`));
}

/** Everything taken in from a page was granted at the door; of several visitors the last is the one who is there. */
function latestId(events: readonly AcceptedEvent[]): string | undefined {
  const id = events.at(-1)?.message.anonymousId;
  return id && ID.test(id) ? id : undefined;
}
