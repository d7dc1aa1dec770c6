/** A create_webhook body; attributes that are given go in as they are. */
export const webhookBody = (rest: object = {}) => ({
  data: {
    type: 'webhook',
    attributes: {
      name: 'Shop',
      endpoint_url: 'https://shop.example.com/hook',
      secret_key: 'not-a-real-secret',
      ...rest,
    },
    relationships: { 'webhook-topics': { data: [{ type: 'webhook-topic', id: 'event:klaviyo.bounced_email' }] } },
  },
});
