import type { Answer, Call, Route } from '../../http/Call.ts';
import { invalid, refuseBody } from '../../http/problem.ts';
import { MAX_WEBHOOKS } from '../../limits.ts';
import { presentWebhook } from '../../present/presentWebhook.ts';
import { makeProfileId } from '../../state/makeId.ts';
import type { Webhook } from '../../state/types.ts';
import { createWebhookBody, updateWebhookBody } from '../../validate/bodies/webhooks.ts';
import { dropDeliveries } from '../../webhooks/dropDeliveries.ts';
import { asChecked, type WebhookBody } from '../../wire.ts';
import { concealSecret } from './concealSecret.ts';
import { findUnknownTopics } from './findUnknownTopics.ts';
import { noWebhook } from './readWebhooks.ts';

export const createWebhook: Route = {
  operation: 'create_webhook',
  check: createWebhookBody,
  conceal: concealSecret,
  handle(call) {
    const { world, account, nowMs } = call;
    const { attributes, relationships } = asChecked<WebhookBody>(call.body).data;
    const wanted = relationships?.['webhook-topics']?.data ?? [];
    const issues = findUnknownTopics(account, wanted);
    if (issues.length > 0) return refuseBody(issues);
    if (account.webhooks.size >= MAX_WEBHOOKS)
      return invalid('/data/', `An account may have at most ${MAX_WEBHOOKS} webhooks.`);
    const webhook: Webhook = {
      id: makeProfileId(world, nowMs),
      name: attributes.name ?? '',
      description: attributes.description ?? null,
      endpointUrl: attributes.endpoint_url ?? '',
      secretKey: attributes.secret_key ?? '',
      enabled: true,
      topics: uniqueIds(wanted),
      createdMs: nowMs,
      updatedMs: nowMs,
      failing: null,
    };
    account.webhooks.set(webhook.id, webhook);
    return written(call, webhook, 201);
  },
};

export const updateWebhook: Route = {
  operation: 'update_webhook',
  check: updateWebhookBody,
  conceal: concealSecret,
  handle(call) {
    const { data } = asChecked<WebhookBody>(call.body);
    if (data.id !== call.id) return invalid('/data/id', 'The id of the body and of the path must be the same.');
    const webhook = call.account.webhooks.get(call.id);
    if (!webhook) return noWebhook(call.id);
    const wanted = data.relationships?.['webhook-topics']?.data;
    const issues = findUnknownTopics(call.account, wanted ?? []);
    if (issues.length > 0) return refuseBody(issues);
    const { attributes } = data;
    webhook.name = attributes.name ?? webhook.name;
    webhook.description = attributes.description === undefined ? webhook.description : attributes.description;
    webhook.endpointUrl = attributes.endpoint_url ?? webhook.endpointUrl;
    webhook.secretKey = attributes.secret_key ?? webhook.secretKey;
    webhook.enabled = attributes.enabled ?? webhook.enabled;
    webhook.topics = wanted ? uniqueIds(wanted) : webhook.topics;
    webhook.updatedMs = call.nowMs;
    // Who switches a webhook on says that its receiver is well again.
    if (attributes.enabled) webhook.failing = null;
    if (!webhook.enabled) dropDeliveries(call.account, webhook);
    return written(call, webhook, 200);
  },
};

export const deleteWebhook: Route = {
  operation: 'delete_webhook',
  handle({ world, account, id }) {
    const webhook = account.webhooks.get(id);
    if (!webhook) return noWebhook(id);
    account.webhooks.delete(id);
    dropDeliveries(account, webhook);
    world.version += 1;
    return { status: 204 };
  },
};

/** Accounts are seen to answer topics in the order of their ids. */
const uniqueIds = (topics: readonly { id: string }[]) => [...new Set(topics.map(({ id }) => id))].sort();

function written(call: Call, webhook: Webhook, status: number): Answer {
  call.world.version += 1;
  const data = presentWebhook(call, webhook);
  return { status, body: { data, links: { self: data.links.self } } };
}
