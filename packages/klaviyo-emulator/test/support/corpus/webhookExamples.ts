import type { Example } from './Example.ts';
import { resource } from './pieces.ts';
import { webhookBody } from './webhookBody.ts';

export function webhookExamples({ webhook }: { webhook: string }): Example[] {
  const at = `/api/webhooks/${webhook}`;
  const { relationships } = webhookBody().data;
  const attributes = { ...webhookBody().data.attributes, description: 'Consent', enabled: true };
  return [
    { operation: 'get_webhook_topics', method: 'GET', path: '/api/webhook-topics' },
    { operation: 'get_webhooks', method: 'GET', path: '/api/webhooks' },
    {
      operation: 'create_webhook',
      method: 'POST',
      path: '/api/webhooks',
      body: webhookBody(),
      full: webhookBody({ description: 'Consent' }),
    },
    { operation: 'get_webhook', method: 'GET', path: at },
    {
      operation: 'update_webhook',
      method: 'PATCH',
      path: at,
      body: resource('webhook', webhook, {}),
      full: { data: { type: 'webhook', id: webhook, attributes, relationships } },
    },
    { operation: 'delete_webhook', method: 'DELETE', path: at },
  ];
}
