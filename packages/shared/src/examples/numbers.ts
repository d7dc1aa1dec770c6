import type { MappingExample } from './example.ts';

const anonymous = { anonymous_id: 'anon-1' };
const ada = { email: 'ada@example.com', anonymous_id: 'anon-1' };

/** How numbers, money and categories are read. */
export const numbersExamples: readonly MappingExample[] = [
  {
    title: 'A decimal comma is a decimal comma',
    in: {
      type: 'track',
      messageId: 'msg-number-1',
      anonymousId: 'anon-1',
      event: 'Product Viewed',
      properties: { product_id: 'p-1', price: '49,90', currency: 'EUR' },
    },
    out: [
      {
        metric: 'Viewed Product',
        unique_id: 'msg-number-1',
        value: 49.9,
        currency: 'EUR',
        profile: anonymous,
        properties: { ProductID: 'p-1', Price: 49.9, currency: 'EUR' },
      },
    ],
  },
  {
    title: 'Groups of thousands, as Germany writes them',
    in: {
      type: 'track',
      messageId: 'msg-number-2',
      anonymousId: 'anon-1',
      event: 'Product Viewed',
      properties: { product_id: 'p-1', price: '1.234,50' },
    },
    out: [
      {
        metric: 'Viewed Product',
        unique_id: 'msg-number-2',
        value: 1234.5,
        profile: anonymous,
        properties: { ProductID: 'p-1', Price: 1234.5 },
      },
    ],
  },
  {
    title: 'Groups of thousands, as the United States, Switzerland, France and India write them',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-number-3',
      anonymousId: 'anon-1',
      context: { traits: { email: 'ada@example.com' } },
      event: 'Order Completed',
      properties: {
        order_id: '1010',
        products: [
          { sku: 'A', price: '1,234.50' },
          { sku: 'B', price: "1'234.50" },
          { sku: 'C', price: '1 234,50' },
          { sku: 'D', price: '1,23,456.50' },
        ],
      },
    },
    out: [
      {
        metric: 'Placed Order',
        unique_id: '1010',
        value: 127160,
        profile: ada,
        properties: {
          OrderId: '1010',
          Items: [
            { SKU: 'A', Quantity: 1, ItemPrice: 1234.5, RowTotal: 1234.5 },
            { SKU: 'B', Quantity: 1, ItemPrice: 1234.5, RowTotal: 1234.5 },
            { SKU: 'C', Quantity: 1, ItemPrice: 1234.5, RowTotal: 1234.5 },
            { SKU: 'D', Quantity: 1, ItemPrice: 123456.5, RowTotal: 123456.5 },
          ],
        },
      },
      {
        metric: 'Ordered Product',
        unique_id: '1010:A',
        value: 1234.5,
        profile: ada,
        properties: { SKU: 'A', Quantity: 1, OrderId: '1010', price: '1,234.50' },
      },
      {
        metric: 'Ordered Product',
        unique_id: '1010:B',
        value: 1234.5,
        profile: ada,
        properties: { SKU: 'B', Quantity: 1, OrderId: '1010', price: "1'234.50" },
      },
      {
        metric: 'Ordered Product',
        unique_id: '1010:C',
        value: 1234.5,
        profile: ada,
        properties: { SKU: 'C', Quantity: 1, OrderId: '1010', price: '1 234,50' },
      },
      {
        metric: 'Ordered Product',
        unique_id: '1010:D',
        value: 123456.5,
        profile: ada,
        properties: { SKU: 'D', Quantity: 1, OrderId: '1010', price: '1,23,456.50' },
      },
    ],
  },
  {
    title: 'A point or comma before three digits means two things, so it stays a text and is no value',
    in: {
      type: 'track',
      messageId: 'msg-number-4',
      anonymousId: 'anon-1',
      event: 'Product Viewed',
      properties: { product_id: 'p-1', price: '1.234', compare_at_price: '2,345' },
    },
    out: [
      {
        metric: 'Viewed Product',
        unique_id: 'msg-number-4',
        profile: anonymous,
        properties: { ProductID: 'p-1', price: '1.234', compare_at_price: '2,345' },
      },
    ],
  },
  {
    title: 'One line whose price cannot be read: no sum of the others stands in for the whole',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-number-5',
      anonymousId: 'anon-1',
      context: { traits: { email: 'ada@example.com' } },
      event: 'Order Completed',
      properties: {
        order_id: '1011',
        products: [
          { sku: 'A', price: '1.234' },
          { sku: 'B', price: 10 },
        ],
      },
    },
    out: [
      {
        metric: 'Placed Order',
        unique_id: '1011',
        profile: ada,
        properties: {
          OrderId: '1011',
          Items: [
            { SKU: 'A', Quantity: 1, price: '1.234' },
            { SKU: 'B', Quantity: 1, ItemPrice: 10, RowTotal: 10 },
          ],
        },
      },
      {
        metric: 'Ordered Product',
        unique_id: '1011:A',
        profile: ada,
        properties: { SKU: 'A', Quantity: 1, OrderId: '1011', price: '1.234' },
      },
      {
        metric: 'Ordered Product',
        unique_id: '1011:B',
        value: 10,
        profile: ada,
        properties: { SKU: 'B', Quantity: 1, OrderId: '1011', price: 10 },
      },
    ],
  },
  {
    title: 'A quantity that cannot be read: the line has no total',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-number-6',
      anonymousId: 'anon-1',
      context: { traits: { email: 'ada@example.com' } },
      event: 'Order Completed',
      properties: { order_id: '1012', total: 20, products: [{ sku: 'A', price: 10, quantity: '1.000' }] },
    },
    out: [
      {
        metric: 'Placed Order',
        unique_id: '1012',
        value: 20,
        profile: ada,
        properties: { OrderId: '1012', Items: [{ SKU: 'A', ItemPrice: 10, quantity: '1.000' }], total: 20 },
      },
      {
        metric: 'Ordered Product',
        unique_id: '1012:A',
        profile: ada,
        properties: { SKU: 'A', OrderId: '1012', price: 10, quantity: '1.000' },
      },
    ],
  },
  {
    title: 'An order’s id of more digits than a JSON number carries is none: it would be that of other orders too',
    from: 'server',
    in: {
      type: 'track',
      messageId: 'msg-number-20',
      anonymousId: 'anon-1',
      context: { traits: { email: 'ada@example.com' } },
      event: 'Order Completed',
      properties: { order_id: 2 ** 60, total: 10 },
    },
    out: [
      {
        metric: 'Placed Order',
        unique_id: 'msg-number-20',
        value: 10,
        profile: ada,
        properties: { order_id: 2 ** 60, total: 10 },
      },
    ],
  },
  {
    title: 'A currency that is no ISO 4217 code is no currency',
    in: {
      type: 'track',
      messageId: 'msg-number-7',
      anonymousId: 'anon-1',
      event: 'Product Viewed',
      properties: { product_id: 'p-1', price: 15, currency: '€' },
    },
    out: [
      {
        metric: 'Viewed Product',
        unique_id: 'msg-number-7',
        value: 15,
        profile: anonymous,
        properties: { ProductID: 'p-1', Price: 15, currency: '€' },
      },
    ],
  },
  {
    title: '`category` and `categories` together are the categories',
    in: {
      type: 'track',
      messageId: 'msg-number-8',
      anonymousId: 'anon-1',
      event: 'Product Viewed',
      properties: { product_id: 'p-1', category: 'Hats', categories: ['Summer', 'Hats'] },
    },
    out: [
      {
        metric: 'Viewed Product',
        unique_id: 'msg-number-8',
        profile: anonymous,
        properties: { ProductID: 'p-1', Categories: ['Hats', 'Summer'] },
      },
    ],
  },
  {
    title: 'What costs nothing is worth 0',
    in: {
      type: 'track',
      messageId: 'msg-number-9',
      anonymousId: 'anon-1',
      event: 'Product Added',
      properties: { product_id: 'p-1', price: 0, quantity: 1 },
    },
    out: [
      {
        metric: 'Added to Cart',
        unique_id: 'msg-number-9',
        value: 0,
        profile: anonymous,
        properties: {
          AddedItemProductID: 'p-1',
          AddedItemPrice: 0,
          AddedItemQuantity: 1,
          Items: [{ ProductID: 'p-1', Quantity: 1, ItemPrice: 0, RowTotal: 0 }],
        },
      },
    ],
  },
];
