import type { MappingExample } from './example.ts';

const ada = { email: 'ada@example.com' };
const asAda = { context: { traits: { email: 'ada@example.com' } } };

/** What becomes of an order. */
export const orderChangeExamples: readonly MappingExample[] = [
  {
    title: 'Order Updated that says fulfilled becomes Fulfilled Order',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-4',
      event: 'Order Updated',
      ...asAda,
      properties: { order_id: '1001', total: 57.5, currency: 'EUR', fulfillment_status: 'fulfilled' },
    },
    out: [
      {
        metric: 'Fulfilled Order',
        unique_id: '1001',
        value: 57.5,
        currency: 'EUR',
        profile: ada,
        properties: { OrderId: '1001', total: 57.5, currency: 'EUR', fulfillment_status: 'fulfilled' },
      },
    ],
  },
  {
    title: 'Any other Order Updated keeps its name',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-5',
      event: 'Order Updated',
      ...asAda,
      properties: { order_id: '1001', total: 57.5, fulfillment_status: 'partial' },
    },
    out: [
      {
        metric: 'Order Updated',
        unique_id: 'msg-order-5',
        value: 57.5,
        profile: ada,
        properties: { order_id: '1001', total: 57.5, fulfillment_status: 'partial' },
      },
    ],
  },
  {
    title: 'Order Fulfilled becomes Fulfilled Order',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-6',
      event: 'Order Fulfilled',
      ...asAda,
      properties: { order_id: '1001', total: 57.5 },
    },
    out: [
      {
        metric: 'Fulfilled Order',
        unique_id: '1001',
        value: 57.5,
        profile: ada,
        properties: { OrderId: '1001', total: 57.5 },
      },
    ],
  },
  {
    title: 'Order Cancelled becomes Cancelled Order, with its reason',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-7',
      event: 'Order Cancelled',
      ...asAda,
      properties: { order_id: '1001', total: 57.5, reason: 'out of stock' },
    },
    out: [
      {
        metric: 'Cancelled Order',
        unique_id: '1001',
        value: 57.5,
        profile: ada,
        properties: { OrderId: '1001', Reason: 'out of stock', total: 57.5 },
      },
    ],
  },
  {
    title: 'Order Refunded has the order’s unique id, which lifetime value needs',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-8',
      event: 'Order Refunded',
      ...asAda,
      properties: { order_id: '1001', refund_id: 'r-1', total: 20, currency: 'EUR' },
    },
    out: [
      {
        metric: 'Refunded Order',
        unique_id: '1001',
        value: 20,
        currency: 'EUR',
        profile: ada,
        properties: { OrderId: '1001', refund_id: 'r-1', total: 20, currency: 'EUR' },
      },
    ],
  },
  {
    title: 'With refundIds "refund" a second partial refund counts too',
    from: 'server',
    config: { events: { refundIds: 'refund' } },
    in: {
      type: 'track',
      messageId: 'msg-order-9',
      event: 'Order Refunded',
      ...asAda,
      properties: { order_id: '1001', refund_id: 'r-2', refund_amount: 5, total: 57.5 },
    },
    out: [
      {
        metric: 'Refunded Order',
        unique_id: '1001:r-2',
        value: 5,
        profile: ada,
        properties: { OrderId: '1001', refund_id: 'r-2', refund_amount: 5, total: 57.5 },
      },
    ],
  },
];
