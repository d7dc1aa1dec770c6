import { createApp } from './app.ts';
import type { Env } from './env.ts';
import type { IngestMessage } from './ingest/acceptedEvent.ts';
import { collect } from './pipeline.ts';
import { runScheduled } from './scheduled.ts';

/** The Worker's handlers: HTTP, queue and cron. */
export function createSluice(): ExportedHandler<Env, IngestMessage> {
  const app = createApp();
  return {
    fetch: (request, env, context) => app.fetch(request, env, context),
    queue: (batch, env) => collect(batch, env),
    scheduled: (controller, env) => runScheduled(controller.scheduledTime, env),
  };
}
