import type { MappingExample } from './example.ts';

const anonymous = { anonymous_id: 'anon-1' };

/** Events of the shop's own, names of its own, and what older scripts send. */
export const customExamples: readonly MappingExample[] = [
  {
    title: 'An event in no table keeps its name and properties, worth its value',
    in: {
      type: 'track',
      messageId: 'msg-custom-1',
      anonymousId: 'anon-1',
      event: 'Wishlist Shared',
      properties: { channel: 'mail', items: [{ id: 1 }], value: 12, revenue: 30, currency: 'chf' },
    },
    out: [
      {
        metric: 'Wishlist Shared',
        unique_id: 'msg-custom-1',
        value: 12,
        currency: 'CHF',
        profile: anonymous,
        properties: { channel: 'mail', items: [{ id: 1 }], value: 12, revenue: 30, currency: 'chf' },
      },
    ],
  },
  {
    title: 'Without a value its revenue counts, without that its total',
    in: {
      type: 'track',
      messageId: 'msg-custom-2',
      anonymousId: 'anon-1',
      event: 'Booked',
      properties: { value: 'much', revenue: 'NaN', total: '99.50' },
    },
    out: [
      {
        metric: 'Booked',
        unique_id: 'msg-custom-2',
        value: 99.5,
        profile: anonymous,
        properties: { value: 'much', revenue: 'NaN', total: '99.50' },
      },
    ],
  },
  {
    title: 'Klaviyo’s own $ keys: value and event id are honoured, $extra is kept, the rest dropped',
    in: {
      type: 'track',
      messageId: 'msg-custom-3',
      anonymousId: 'anon-1',
      event: 'Quiz Taken',
      properties: { $value: 7, $event_id: 'quiz-7', $extra: { answers: ['a'] }, $email: 'eve@example.com', score: 3 },
    },
    out: [
      {
        metric: 'Quiz Taken',
        unique_id: 'quiz-7',
        value: 7,
        profile: anonymous,
        properties: { $extra: { answers: ['a'] }, score: 3 },
      },
    ],
  },
  {
    title: 'A metric goes by the name that the shop gives it',
    config: { events: { names: { 'Viewed Product': 'Viewed Product (web)' } } },
    in: {
      type: 'track',
      messageId: 'msg-custom-4',
      anonymousId: 'anon-1',
      event: 'Product Viewed',
      properties: { product_id: 'p-1' },
    },
    out: [
      {
        metric: 'Viewed Product (web)',
        unique_id: 'msg-custom-4',
        profile: anonymous,
        properties: { ProductID: 'p-1' },
      },
    ],
  },
  {
    title: 'A metric that is switched off is not sent; the others of the message are',
    config: { events: { disabled: ['Placed Order'] } },
    in: {
      type: 'track',
      messageId: 'msg-custom-5',
      anonymousId: 'anon-1',
      event: 'Order Completed',
      properties: { order_id: '1003', products: [{ sku: 'A' }] },
    },
    out: [
      {
        metric: 'Ordered Product',
        unique_id: '1003:A',
        profile: anonymous,
        properties: { OrderId: '1003', SKU: 'A', Quantity: 1 },
      },
    ],
  },
  {
    title: 'An event that is switched off becomes nothing',
    config: { events: { disabled: ['Order Completed'] } },
    in: {
      type: 'track',
      messageId: 'msg-custom-6',
      anonymousId: 'anon-1',
      event: 'Order Completed',
      properties: { order_id: '1003', products: [{ sku: 'A' }] },
    },
    out: [],
  },

  {
    title: 'An event that is switched off is switched off under Klaviyo’s name too',
    config: { events: { disabled: ['Order Completed'] } },
    in: {
      type: 'track',
      messageId: 'msg-custom-7',
      anonymousId: 'anon-1',
      event: 'Placed Order',
      properties: { OrderId: '1003', Items: [{ SKU: 'A' }] },
    },
    out: [],
  },
  {
    title: 'A name may be given by the event as well as by the metric',
    config: { events: { names: { 'Order Cancelled': 'Canceled Order' } } },
    in: {
      type: 'track',
      messageId: 'msg-custom-8',
      anonymousId: 'anon-1',
      event: 'Order Cancelled',
      properties: { order_id: '1003' },
    },
    out: [
      {
        metric: 'Canceled Order',
        unique_id: '1003',
        profile: anonymous,
        properties: { OrderId: '1003' },
      },
    ],
  },
];
