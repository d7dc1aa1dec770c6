import { Hono } from 'hono';
import { consentRoute } from './consent/consentRoute.ts';
import type { Hooks } from './hooks/hooks.ts';
import type { HttpEnv } from './http.ts';
import { cors } from './ingest/cors.ts';
import { answerFailure, fail } from './ingest/failure.ts';
import { ingestRoutes } from './ingest/routes.ts';
import { settingsRoutes } from './ingest/settingsRoutes.ts';
import { linksRoute } from './lists/oneClick/linksRoute.ts';
import { oneClickRoute } from './lists/oneClick/oneClickRoute.ts';
import { subscribeRoute } from './lists/subscribeRoute.ts';
import { unsubscribeRoute } from './lists/unsubscribeRoute.ts';
import { operatorRoutes } from './operator/routes.ts';
import { describeProblems, readSettings } from './settings.ts';
import { klaviyoRoute } from './webhooks/klaviyoRoute.ts';

/** The proxy's HTTP side: every route, and the one error shape. */
export function createApp(hooks: Hooks): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.use(async (c, next) => {
    c.set('requestId', crypto.randomUUID());
    await next();
    c.header('x-request-id', c.get('requestId'));
  });

  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  // Says no more than ok or not: anyone may ask.
  app.get('/readyz', async (c) => {
    const ready = readSettings(c.env).ok && (await isDatabaseThere(c.env.DB));
    return c.json({ status: ready ? 'ok' : 'not_ready' }, ready ? 200 : 503);
  });

  app.use('/v1/*', async (c, next) => {
    const read = readSettings(c.env);
    if (!read.ok) {
      console.error(JSON.stringify({ message: 'config_invalid', problems: describeProblems(read.problems) }));
      return answerFailure(fail('config_invalid'), c.get('requestId'));
    }
    c.set('settings', read.settings);
    c.set('hooks', hooks);
    return next();
  });
  app.use('/v1/*', cors());
  app.route('/v1', ingestRoutes());
  app.route('/v1', settingsRoutes());
  app.route('/v1/subscribe', subscribeRoute());
  app.route('/v1/unsubscribe', unsubscribeRoute());
  app.route('/v1/unsubscribe/links', linksRoute());
  app.route('/v1/unsubscribe/one-click', oneClickRoute());
  app.route('/v1/consent', consentRoute());
  app.route('/v1/webhooks/klaviyo', klaviyoRoute());
  app.route('/v1/operator', operatorRoutes());

  app.notFound((c) => answerFailure(fail('not_found'), c.get('requestId')));
  app.onError((error, c) => {
    // The stack goes to the log; the answer says nothing of the inside.
    console.error(JSON.stringify({ message: 'internal', requestId: c.get('requestId'), error: error.stack }));
    return answerFailure(fail('internal'), c.get('requestId'));
  });
  return app;
}

async function isDatabaseThere(db: D1Database): Promise<boolean> {
  try {
    await db.prepare('SELECT 1 FROM ledger_entries LIMIT 1').run();
    return true;
  } catch {
    return false;
  }
}
