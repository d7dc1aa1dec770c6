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

  {
    title: 'An update that is only partly fulfilled stays Order Updated',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-11',
      event: 'Order Updated',
      ...asAda,
      properties: { order_id: '1030', fulfillment_status: 'partial', total: 30 },
    },
    out: [
      {
        metric: 'Order Updated',
        unique_id: 'msg-order-11',
        value: 30,
        profile: ada,
        properties: { order_id: '1030', fulfillment_status: 'partial', total: 30 },
      },
    ],
  },
  {
    title: 'A part of an order is cancelled: worth what the message says, under the order’s id',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-12',
      event: 'Order Cancelled',
      ...asAda,
      properties: {
        order_id: '1030',
        total: 10,
        reason: 'out of stock',
        products: [{ sku: 'A', price: 10, quantity: 1 }],
      },
    },
    out: [
      {
        metric: 'Cancelled Order',
        unique_id: '1030',
        value: 10,
        profile: ada,
        properties: {
          OrderId: '1030',
          Reason: 'out of stock',
          Items: [{ SKU: 'A', Quantity: 1, ItemPrice: 10, RowTotal: 10 }],
          total: 10,
        },
      },
    ],
  },
  {
    title: 'A refund of some lines is worth those lines',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-13',
      event: 'Order Refunded',
      ...asAda,
      properties: { order_id: '1030', products: [{ sku: 'A', price: 10, quantity: 2 }] },
    },
    out: [
      {
        metric: 'Refunded Order',
        unique_id: '1030',
        value: 20,
        profile: ada,
        properties: { OrderId: '1030', Items: [{ SKU: 'A', Quantity: 2, ItemPrice: 10, RowTotal: 20 }] },
      },
    ],
  },
  {
    title: 'A refund that is booked below zero is the same money',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-14',
      event: 'Order Refunded',
      ...asAda,
      properties: { order_id: '1030', total: '-20,00', currency: 'EUR' },
    },
    out: [
      {
        metric: 'Refunded Order',
        unique_id: '1030',
        value: 20,
        currency: 'EUR',
        profile: ada,
        properties: { OrderId: '1030', total: '-20,00', currency: 'EUR' },
      },
    ],
  },
  {
    title: 'With refundIds "refund" a refund without an id of its own is the order’s',
    from: 'server',
    config: { events: { refundIds: 'refund' } },
    in: {
      type: 'track',
      messageId: 'msg-order-15',
      event: 'Order Refunded',
      ...asAda,
      properties: { order_id: '1030', refund_amount: 5 },
    },
    out: [
      {
        metric: 'Refunded Order',
        unique_id: '1030',
        value: 5,
        profile: ada,
        properties: { OrderId: '1030', refund_amount: 5 },
      },
    ],
  },
  {
    title: 'Addresses: Klaviyo’s names, whichever of the usual ones they came by',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-order-16',
      event: 'Order Fulfilled',
      ...asAda,
      properties: {
        order_id: '1030',
        shipping_address: {
          firstName: 'Ada',
          street: '12 Example Road',
          city: 'London',
          province: 'LND',
          country: 'GB',
          postalCode: 'EC1A 1BB',
        },
      },
    },
    out: [
      {
        metric: 'Fulfilled Order',
        unique_id: '1030',
        profile: ada,
        properties: {
          OrderId: '1030',
          ShippingAddress: {
            FirstName: 'Ada',
            Address1: '12 Example Road',
            City: 'London',
            RegionCode: 'LND',
            CountryCode: 'GB',
            Zip: 'EC1A 1BB',
          },
          'ShippingAddress.FirstName': 'Ada',
          'ShippingAddress.Address1': '12 Example Road',
          'ShippingAddress.City': 'London',
          'ShippingAddress.RegionCode': 'LND',
          'ShippingAddress.CountryCode': 'GB',
          'ShippingAddress.Zip': 'EC1A 1BB',
        },
      },
    ],
  },
];
