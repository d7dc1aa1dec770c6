import { Hono } from 'hono';
import type { HttpContext, HttpEnv } from '../http.ts';
import { readAuthorization } from './authenticate.ts';
import { answerFailure, fail } from './failure.ts';

/** Ours: an address that moves is noticed within minutes. */
const MAX_AGE_SECONDS = 300;

/**
 * `GET /v1/settings`, and the path under which Segment's published browser and mobile SDKs ask their CDN host for
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
  if (!c.get('settings').publicSources.has(writeKey)) return answerFailure(fail('key_unknown'), c.get('requestId'));
  const { host, protocol } = new URL(c.req.url);
  c.header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`);
  return c.json({
    integrations: { 'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol: protocol.replace(':', '') } },
    plan: {},
    // Else the SDK reports its own metrics to Segment.
    metrics: { sampleRate: 0 },
  });
}
