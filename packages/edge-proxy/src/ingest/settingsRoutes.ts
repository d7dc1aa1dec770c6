import { type ConsentPolicy, decideDoor } from '@sluice/shared';
import { Hono } from 'hono';
import { policyOf } from '../consent/policyOf.ts';
import { readLocation } from '../enrich/readLocation.ts';
import type { HttpContext, HttpEnv } from '../http.ts';
import { readAuthorization } from './authenticate.ts';
import { answerFailure, fail } from './failure.ts';

/** Ours: an address or a policy that moves is noticed within minutes. */
const MAX_AGE_SECONDS = 300;

/**
 * `GET /v1/settings`, which tells our SDK what an undecided visitor means where they are, and the path under which Segment's published browser and mobile SDKs ask their CDN host for
 * settings, so that this host is all that a shop changes in them. Anyone may ask: write keys stand in pages.
 */
export function settingsRoutes(): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get('/settings', (c) =>
      answer(c, readAuthorization(c.req.header('authorization') ?? null) ?? c.req.query('writeKey')),
    )
    .get('/projects/:writeKey/settings', (c) => answer(c, c.req.param('writeKey')));
}

function answer(c: HttpContext, writeKey: string | undefined): Response {
  if (!writeKey) return answerFailure(fail('key_missing'), c.get('requestId'));
  const { config, publicSources } = c.get('settings');
  const source = publicSources.get(writeKey);
  if (!source) return answerFailure(fail('key_unknown'), c.get('requestId'));
  const { host, protocol } = new URL(c.req.url);
  // Private: the next visitor may be somewhere else.
  c.header('cache-control', `private, max-age=${MAX_AGE_SECONDS}`);
  return c.json({
    ...describePolicy(policyOf(source, config), c.req.raw),
    integrations: { 'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol: protocol.replace(':', '') } },
    plan: {},
    // Else the SDK reports its own metrics to Segment.
    metrics: { sampleRate: 0 },
  });
}

/** Two options of our SDK. The door itself is asked about an event without a signal, so that the page does as it does. */
function describePolicy(policy: ConsentPolicy, { cf }: Request) {
  const { country } = readLocation(cf as IncomingRequestCfProperties | undefined);
  const undecided = { event: undefined, consent: undefined, tcfPurposes: undefined, sourceKind: 'public' as const };
  const { ok } = decideDoor({ ...undecided, country, policy });
  return { consentMode: ok ? 'opt-out' : 'opt-in', requiredCategories: policy.required };
}
