import { createApp } from './app.ts';
import type { Env } from './env.ts';
import type { IngestMessage } from './ingest/acceptedEvent.ts';
import { collect, rescue } from './pipeline.ts';
import { runScheduled } from './scheduled.ts';

/** The Worker's handlers: HTTP, queue and cron. */
export function createSluice(): ExportedHandler<Env, IngestMessage> {
  const app = createApp();
  return {
    fetch: (request, env, context) => app.fetch(request, env, context),
    // Bindings may be named per environment; the dead-letter queue's name ends like this in all of them.
    queue: (batch, env) => (batch.queue.endsWith('-dlq') ? rescue(batch, env) : collect(batch, env)),
    scheduled: (controller, env) => runScheduled(controller.scheduledTime, env),
  };
}
