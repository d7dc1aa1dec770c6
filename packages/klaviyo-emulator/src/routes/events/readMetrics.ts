import { ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { presentMetric } from '../../present/presentEvent.ts';
import { readCollection } from '../../read/readCollection.ts';
import { integrationOf } from '../../state/integrationOf.ts';

export const getMetrics: Route = {
  operation: 'get_metrics',
  handle(call) {
    const read = readCollection(call, {
      rows: [...call.account.metrics.values()],
      id: (metric) => metric.id,
      filters: {
        'integration.name': { operators: ['equals'], read: (metric) => integrationOf(metric).name },
        'integration.category': { operators: ['equals'], read: (metric) => integrationOf(metric).category },
      },
      sorts: { created: (metric) => metric.createdMs },
      page: { size: 200, max: null },
    });
    return read.ok
      ? ok({ data: read.rows.map((metric) => presentMetric(call, metric)), links: read.links })
      : read.answer;
  },
};

export const getMetric: Route = {
  operation: 'get_metric',
  handle(call) {
    const metric = call.account.metrics.get(call.id);
    if (!metric) return notFound(`A metric with id ${call.id} does not exist.`);
    return ok({ data: presentMetric(call, metric), links: { self: `${call.origin}${call.path}` } });
  },
};
