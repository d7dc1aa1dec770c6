import type { MappingExample } from './example.ts';

const ada = { email: 'ada@example.com', anonymous_id: 'anon-1' };

/** What the configuration’s rules add. */
export const rulesExamples: readonly MappingExample[] = [
  {
    title: 'A rule puts whoever did something on a list',
    from: 'server',
    config: { rules: [{ when: 'Order Completed', addTo: 'BUYERS' }] },
    in: {
      type: 'track',
      messageId: 'msg-rule-1',
      anonymousId: 'anon-1',
      context: { traits: { email: 'ada@example.com' } },
      event: 'Order Completed',
      properties: { order_id: '1040', total: 20 },
    },
    out: [
      {
        metric: 'Placed Order',
        unique_id: '1040',
        value: 20,
        profile: ada,
        properties: { OrderId: '1040', total: 20 },
      },
      { profile: ada, addTo: 'BUYERS' },
    ],
  },
  {
    title: 'A rule’s conditions must all hold; the properties may go by either name',
    from: 'server',
    config: {
      rules: [
        {
          when: 'Placed Order',
          where: [
            { field: 'total', op: 'gte', value: 100 },
            { field: 'ShippingAddress.CountryCode', op: 'in', value: ['DE', 'AT'] },
            { field: 'Items.SKU', op: 'contains', value: 'HAT-S' },
          ],
          addTo: 'VIP001',
        },
        {
          when: 'Order Completed',
          where: [{ field: 'coupon', op: 'exists', value: false }],
          addTo: 'FULL01',
        },
      ],
    },
    in: {
      type: 'track',
      messageId: 'msg-rule-2',
      anonymousId: 'anon-1',
      context: { traits: { email: 'ada@example.com' } },
      event: 'Order Completed',
      properties: {
        order_id: '1041',
        total: '120,00',
        coupon: 'SUMMER',
        shipping_address: { country: 'AT' },
        products: [{ sku: 'HAT-S', price: 120 }],
      },
    },
    out: [
      {
        metric: 'Placed Order',
        unique_id: '1041',
        value: 120,
        profile: ada,
        properties: {
          OrderId: '1041',
          DiscountCode: 'SUMMER',
          ShippingAddress: { CountryCode: 'AT' },
          Items: [{ SKU: 'HAT-S', Quantity: 1, ItemPrice: 120, RowTotal: 120 }],
          total: '120,00',
          'ShippingAddress.CountryCode': 'AT',
        },
      },
      {
        metric: 'Ordered Product',
        unique_id: '1041:HAT-S',
        value: 120,
        profile: ada,
        properties: { SKU: 'HAT-S', Quantity: 1, OrderId: '1041', price: 120 },
      },
      { profile: ada, addTo: 'VIP001' },
    ],
  },
  {
    title: 'A rule on order lines looks at each line',
    from: 'server',
    config: {
      rules: [
        {
          when: 'Ordered Product',
          where: [{ field: 'category', op: 'contains', value: 'Hats' }],
          addTo: 'HATS01',
        },
      ],
      events: { disabled: ['Ordered Product'] },
    },
    in: {
      type: 'track',
      messageId: 'msg-rule-3',
      anonymousId: 'anon-1',
      context: { traits: { email: 'ada@example.com' } },
      event: 'Order Completed',
      properties: {
        order_id: '1042',
        products: [
          { sku: 'B', category: 'Shoes' },
          { sku: 'A', category: ['Hats'] },
        ],
      },
    },
    out: [
      {
        metric: 'Placed Order',
        unique_id: '1042',
        profile: ada,
        properties: {
          OrderId: '1042',
          Categories: ['Shoes', 'Hats'],
          Items: [
            { SKU: 'B', Quantity: 1, Categories: ['Shoes'] },
            { SKU: 'A', Quantity: 1, Categories: ['Hats'] },
          ],
        },
      },
      { profile: ada, addTo: 'HATS01' },
    ],
  },
  {
    title: 'Two rules, one list: one place',
    config: {
      rules: [
        {
          when: 'Viewed Page',
          where: [{ field: 'path', op: 'eq', value: '/sale' }],
          addTo: 'SALE01',
        },
        { when: 'Active on Site', addTo: 'SALE01' },
      ],
    },
    in: {
      type: 'page',
      messageId: 'msg-rule-4',
      anonymousId: 'anon-1',
      context: {
        traits: { email: 'ada@example.com' },
        sessionId: 's-1',
        sessionStart: true,
        page: { path: '/sale' },
      },
    },
    out: [
      {
        metric: 'Viewed Page',
        unique_id: 'msg-rule-4',
        profile: ada,
        properties: { path: '/sale' },
      },
      {
        metric: 'Active on Site',
        unique_id: 's-1',
        profile: ada,
        properties: {},
      },
      { profile: ada, addTo: 'SALE01' },
    ],
  },
];
