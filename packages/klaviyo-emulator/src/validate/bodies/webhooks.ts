import { MAX_STRING_BYTES, MIN_WEBHOOK_SECRET_CHARS } from '../../limits.ts';
import { array } from '../array.ts';
import { endpointUrl } from '../endpointUrl.ts';
import { maybe, object, optional, required } from '../object.ts';
import { boolean, literal, string, text } from '../scalars.ts';

const name = text({ min: 1, max: MAX_STRING_BYTES });
const secretKey = text({ min: MIN_WEBHOOK_SECRET_CHARS, max: MAX_STRING_BYTES });
const type = required(literal('webhook'));
const topic = object('webhook-topic', { type: required(literal('webhook-topic')), id: required(string) });
// The schema would allow a webhook without topics, which could never be called.
const topics = object('webhook-topics', { data: required(array(topic, { min: 1, what: 'webhook-topics' })) });

export const createWebhookBody = object('webhook', {
  data: required(
    object('webhook', {
      type,
      attributes: required(
        object('webhook', {
          name: required(name),
          description: maybe(string),
          endpoint_url: required(endpointUrl),
          secret_key: required(secretKey),
        }),
      ),
      relationships: required(object('relationships', { 'webhook-topics': required(topics) })),
    }),
  ),
});

export const updateWebhookBody = object('webhook', {
  data: required(
    object('webhook', {
      type,
      id: required(string),
      attributes: required(
        object('webhook', {
          name: maybe(name),
          description: maybe(string),
          endpoint_url: maybe(endpointUrl),
          secret_key: maybe(secretKey),
          enabled: maybe(boolean),
        }),
      ),
      relationships: optional(object('relationships', { 'webhook-topics': optional(topics) })),
    }),
  ),
});
