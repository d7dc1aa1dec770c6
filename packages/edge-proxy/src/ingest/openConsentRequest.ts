import type { Account, JsonObject, Source } from '@sluice/shared';
import { truncateIp } from '../consent/truncateIp.ts';
import { readLocation } from '../enrich/readLocation.ts';
import type { HttpContext } from '../http.ts';
import { type Failure, fail } from './failure.ts';
import { openRequest } from './openRequest.ts';

export interface ConsentRequest {
  body: JsonObject;
  source: Source;
  account: Account;
  /** Where the edge sees the sender, ISO 3166-1. */
  country: string | undefined;
  receivedAtMs: number;
  /** Where from the person answered. */
  evidence: { ip: string; userAgent: string | undefined };
}

/** Opens a request that changes consent. `route`: what the limit of each visitor is counted for. */
export async function openConsentRequest(
  c: HttpContext,
  route: 'subscribe' | 'unsubscribe' | 'consent',
): Promise<({ ok: true } & ConsentRequest) | Failure> {
  const settings = c.get('settings');
  const receivedAtMs = Date.now();
  const opened = await openRequest(c.req.raw, 'consent', settings);
  if (!opened.ok) return opened;
  const { body, source } = opened;
  const ip = c.req.header('cf-connecting-ip') ?? '';
  // A page's forms are open to the world: a robot must not fill a list, mail strangers their confirmation, or try addresses.
  if (source.kind === 'public' && !(await c.env.LIMITER.limit({ key: `${route}:${source.id}:${ip}` })).success)
    return fail('rate_limited', undefined, { retryAfterSeconds: 60 });
  const account = settings.config.accounts[source.account];
  if (!account) throw new Error(`the source "${source.id}" names no account`);
  const { country } = readLocation(c.req.raw.cf as IncomingRequestCfProperties | undefined);
  const evidence = { ip: truncateIp(ip), userAgent: c.req.header('user-agent')?.slice(0, 500) };
  return { ok: true, body, source, account, country, receivedAtMs, evidence };
}
