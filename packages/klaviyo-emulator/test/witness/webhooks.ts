import { WebhookEnum, WebhookTopicEnum } from 'klaviyo-api';
import type { Scene } from './Scene.ts';

export const WEBHOOK_SCENES: Scene[] = [
  {
    does: 'creates, changes, reads and deletes a webhook on a topic of the account',
    async play(klaviyo) {
      const { webhooks, later } = klaviyo;
      const topics = await webhooks.getWebhookTopics();
      const topic = { type: WebhookTopicEnum.WebhookTopic, id: topics.body.data[0]?.id ?? '' };
      const created = await webhooks.createWebhook({
        data: {
          type: WebhookEnum.Webhook,
          attributes: { name: 'Shop', endpointUrl: 'https://shop.example.com/hook', secretKey: 'not-a-real-secret' },
          relationships: { webhookTopics: { data: [topic] } },
        },
      });
      const { id } = created.body.data;
      const attributes = { name: 'Store', description: 'Consent changes', enabled: false };
      const updated = await webhooks.updateWebhook(id, { data: { type: WebhookEnum.Webhook, id, attributes } });
      const all = await webhooks.getWebhooks({ include: ['webhook-topics'] });
      const one = await webhooks.getWebhook(id, { fieldsWebhook: ['name', 'enabled', 'description', 'endpoint_url'] });
      const deleted = await webhooks.deleteWebhook(id);
      later();
      const gone = await klaviyo.refusal(webhooks.getWebhook(id));
      const { name, description, enabled, endpointUrl } = one.body.data.attributes;
      return {
        statuses: [created, updated, all, one, deleted].map(({ response }) => response.status).concat(gone.status),
        all: all.body.data.map((webhook) => webhook.id === id),
        included: all.body.included?.map((each) => each.id === topic.id),
        one: { name, description, enabled, endpointUrl },
      };
    },
    seen: {
      statuses: [201, 200, 200, 200, 204, 404],
      all: [true],
      included: [true],
      one: {
        name: 'Store',
        description: 'Consent changes',
        enabled: false,
        endpointUrl: 'https://shop.example.com/hook',
      },
    },
  },
];
