import type { IngestAnswer, MessageType } from '@sluice/shared';
import { Hono } from 'hono';
import type { HttpContext, HttpEnv } from '../http.ts';
import { ingest } from '../pipeline.ts';
import { answerFailure } from './failure.ts';

/** The routes of the Segment HTTP API, long and short. Undefined: a batch. */
const ROUTES: Readonly<Record<string, MessageType | undefined>> = {
  '/batch': undefined,
  '/b': undefined,
  '/track': 'track',
  '/t': 'track',
  '/page': 'page',
  '/p': 'page',
  '/screen': 'screen',
  '/s': 'screen',
  '/identify': 'identify',
  '/i': 'identify',
  '/alias': 'alias',
  '/a': 'alias',
  '/group': 'group',
  '/g': 'group',
};

/** `POST /v1/batch` and the single routes. */
export function ingestRoutes(): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  for (const [path, type] of Object.entries(ROUTES)) routes.post(path, (c) => answer(c, type));
  return routes;
}

async function answer(c: HttpContext, type: MessageType | undefined): Promise<Response> {
  const requestId = c.get('requestId');
  const { settings, hooks } = c.var;
  const result = await ingest(c.req.raw, type, { env: c.env, settings, hooks, nowMs: Date.now() });
  if (!result.ok) return answerFailure(result, requestId);
  const { accepted, rejected, cookie } = result;
  if (cookie !== undefined) c.header('set-cookie', cookie);
  return c.json({ accepted, rejected, requestId } satisfies IngestAnswer, 202);
}
