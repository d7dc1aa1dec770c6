import type { Call } from '../http/Call.ts';
import { pickFields } from '../read/pickFields.ts';
import type { Webhook } from '../state/types.ts';
import { isoTime, relation } from './wireForms.ts';

/** A webhook as Klaviyo answers it: the secret goes in and never comes out. */
export function presentWebhook(call: Call, webhook: Webhook) {
  const self = `${call.origin}/api/webhooks/${webhook.id}`;
  return pickFields(
    {
      type: 'webhook',
      id: webhook.id,
      attributes: {
        name: webhook.name,
        description: webhook.description,
        endpoint_url: webhook.endpointUrl,
        enabled: webhook.enabled,
        created_at: isoTime(webhook.createdMs),
        updated_at: isoTime(webhook.updatedMs),
      },
      relationships: {
        'webhook-topics': {
          data: webhook.topics.map((id) => ({ type: 'webhook-topic', id })),
          ...relation(self, 'webhook-topics'),
        },
      },
      links: { self },
    },
    call.query,
  );
}

/** A topic is its id and nothing more. */
export function presentTopic(call: Call, id: string) {
  return { type: 'webhook-topic', id, links: { self: `${call.origin}/api/webhook-topics/${id}` } };
}
