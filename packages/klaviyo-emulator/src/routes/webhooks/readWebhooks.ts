import { type Call, ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { presentTopic, presentWebhook } from '../../present/presentWebhook.ts';
import type { Webhook } from '../../state/types.ts';
import { listTopics } from '../../webhooks/listTopics.ts';

export const getWebhooks: Route = {
  operation: 'get_webhooks',
  handle(call) {
    const webhooks = [...call.account.webhooks.values()];
    const data = webhooks.map((webhook) => presentWebhook(call, webhook));
    return ok({ data, ...included(call, webhooks), links: selfLink(call) });
  },
};

export const getWebhook: Route = {
  operation: 'get_webhook',
  handle(call) {
    const webhook = call.account.webhooks.get(call.id);
    if (!webhook) return noWebhook(call.id);
    return ok({ data: presentWebhook(call, webhook), ...included(call, [webhook]), links: selfLink(call) });
  },
};

export const getWebhookTopics: Route = {
  operation: 'get_webhook_topics',
  handle(call) {
    const data = listTopics(call.account).map((id) => presentTopic(call, id));
    return ok({ data, links: selfLink(call) });
  },
};

export const noWebhook = (id: string) => notFound(`A webhook with id ${id} does not exist.`);

const selfLink = ({ origin, path }: Call) => ({ self: `${origin}${path}` });

/** Each topic of the page once; `include` can name nothing else. */
function included(call: Call, webhooks: readonly Webhook[]) {
  if (!call.query.get('include')) return {};
  const ids = new Set(webhooks.flatMap(({ topics }) => topics));
  return { included: [...ids].sort().map((id) => presentTopic(call, id)) };
}
