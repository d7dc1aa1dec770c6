import { createApp } from './app.ts';
import type { Env } from './env.ts';
import type { Hooks } from './hooks/hooks.ts';
import type { IngestMessage } from './ingest/acceptedEvent.ts';
import { collect, rescue } from './pipeline.ts';
import { runScheduled } from './scheduled.ts';

/**
 * The Worker's handlers: HTTP, queue and cron. Hooks add a shop's own consent rule, enrichment and mapping.
 * @example export default createSluice({ enrich: ({ message }) => ({ shelf: shelfOf(message) }) });
 */
export function createSluice(hooks: Hooks = {}): ExportedHandler<Env, IngestMessage> {
  const app = createApp(hooks);
  return {
    fetch: (request, env, context) => app.fetch(request, env, context),
    // Bindings may be named per environment; the dead-letter queue's name ends like this in all of them.
    queue: (batch, env) => (batch.queue.endsWith('-dlq') ? rescue(batch, env, hooks) : collect(batch, env, hooks)),
    scheduled: (controller, env) => runScheduled(controller.scheduledTime, env),
  };
}
