import type { MappingExample } from './example.ts';

const anonymous = { anonymous_id: 'anon-1' };

/** Looking at products. */
export const browsingExamples: readonly MappingExample[] = [
  {
    title: 'Product Viewed becomes Viewed Product, worth its price',
    in: {
      type: 'track',
      messageId: 'msg-view-1',
      anonymousId: 'anon-1',
      event: 'Product Viewed',
      properties: {
        product_id: '507f1f77',
        sku: 'G-32',
        name: 'Monopoly',
        brand: 'Hasbro',
        category: 'Games',
        price: 18.99,
        compare_at_price: 24.99,
        currency: 'usd',
        url: 'https://shop.example.com/monopoly',
        image_url: 'https://shop.example.com/monopoly.jpg',
        variant: '200 pieces',
      },
    },
    out: [
      {
        metric: 'Viewed Product',
        unique_id: 'msg-view-1',
        value: 18.99,
        currency: 'USD',
        profile: anonymous,
        properties: {
          ProductName: 'Monopoly',
          ProductID: '507f1f77',
          SKU: 'G-32',
          Categories: ['Games'],
          ImageURL: 'https://shop.example.com/monopoly.jpg',
          URL: 'https://shop.example.com/monopoly',
          Brand: 'Hasbro',
          Price: 18.99,
          CompareAtPrice: 24.99,
          currency: 'usd',
          variant: '200 pieces',
        },
      },
    ],
  },
  {
    title: 'Product Clicked is Viewed Product too; a price sent as text is read as a number',
    in: {
      type: 'track',
      messageId: 'msg-click-1',
      anonymousId: 'anon-1',
      event: 'Product Clicked',
      properties: { product_id: 507, name: 'Monopoly', price: '19.90', category: ['Games', 'Family'], position: 3 },
    },
    out: [
      {
        metric: 'Viewed Product',
        unique_id: 'msg-click-1',
        value: 19.9,
        profile: anonymous,
        properties: {
          ProductID: '507',
          ProductName: 'Monopoly',
          Price: 19.9,
          Categories: ['Games', 'Family'],
          position: 3,
        },
      },
    ],
  },
  {
    title: 'A price that is no number stays as it came and is no value',
    in: {
      type: 'track',
      messageId: 'msg-view-2',
      anonymousId: 'anon-1',
      event: 'Product Viewed',
      properties: { product_id: 'p-1', price: 'on request' },
    },
    out: [
      {
        metric: 'Viewed Product',
        unique_id: 'msg-view-2',
        profile: anonymous,
        properties: { ProductID: 'p-1', price: 'on request' },
      },
    ],
  },
  {
    title: 'Product List Viewed becomes Viewed Collection',
    in: {
      type: 'track',
      messageId: 'msg-list-1',
      anonymousId: 'anon-1',
      event: 'Product List Viewed',
      properties: {
        list_id: 'summer',
        category: 'Summer sale',
        products: [
          { product_id: 'p-1', name: 'Sun hat', category: 'Hats', price: 15 },
          { product_id: 'p-2', name: 'Sandals', category: 'Shoes', price: 40 },
        ],
      },
    },
    out: [
      {
        metric: 'Viewed Collection',
        unique_id: 'msg-list-1',
        profile: anonymous,
        properties: {
          list_id: 'summer',
          category: 'Summer sale',
          ItemNames: ['Sun hat', 'Sandals'],
          Categories: ['Hats', 'Shoes'],
          Items: [
            {
              ProductID: 'p-1',
              ProductName: 'Sun hat',
              ProductCategories: ['Hats'],
              Quantity: 1,
              ItemPrice: 15,
              RowTotal: 15,
            },
            {
              ProductID: 'p-2',
              ProductName: 'Sandals',
              ProductCategories: ['Shoes'],
              Quantity: 1,
              ItemPrice: 40,
              RowTotal: 40,
            },
          ],
        },
      },
    ],
  },
  {
    title: 'Products Searched becomes Searched Site',
    in: {
      type: 'track',
      messageId: 'msg-search-1',
      anonymousId: 'anon-1',
      event: 'Products Searched',
      properties: { query: 'blue hotpants' },
    },
    out: [
      {
        metric: 'Searched Site',
        unique_id: 'msg-search-1',
        profile: anonymous,
        properties: { 'Search Term': 'blue hotpants' },
      },
    ],
  },

  {
    title: 'Product List Viewed keeps variant, coupon and position of each product',
    in: {
      type: 'track',
      messageId: 'msg-list-2',
      anonymousId: 'anon-1',
      event: 'Product List Viewed',
      properties: {
        list_id: 'hot',
        products: [
          {
            product_id: 'p-1',
            variant: 'small',
            coupon: 'SUMMER',
            position: 1,
            brand: 'Helios',
            price: 15,
          },
        ],
      },
    },
    out: [
      {
        metric: 'Viewed Collection',
        unique_id: 'msg-list-2',
        profile: anonymous,
        properties: {
          Items: [
            {
              ProductID: 'p-1',
              Quantity: 1,
              ItemPrice: 15,
              RowTotal: 15,
              variant: 'small',
              coupon: 'SUMMER',
              position: 1,
              brand: 'Helios',
            },
          ],
          list_id: 'hot',
        },
      },
    ],
  },
  {
    title: 'Product List Filtered is in no table: it keeps its name, filters and products',
    in: {
      type: 'track',
      messageId: 'msg-list-3',
      anonymousId: 'anon-1',
      event: 'Product List Filtered',
      properties: {
        list_id: 'hot',
        filters: [{ type: 'price', value: 'under-25' }],
        sorts: [{ type: 'price', value: 'desc' }],
        products: [{ product_id: 'p-1' }],
      },
    },
    out: [
      {
        metric: 'Product List Filtered',
        unique_id: 'msg-list-3',
        profile: anonymous,
        properties: {
          list_id: 'hot',
          filters: [{ type: 'price', value: 'under-25' }],
          sorts: [{ type: 'price', value: 'desc' }],
          products: [{ product_id: 'p-1' }],
        },
      },
    ],
  },
  {
    title: 'Products Searched with the number of results and the products shown',
    in: {
      type: 'track',
      messageId: 'msg-search-2',
      anonymousId: 'anon-1',
      event: 'Products Searched',
      properties: {
        query: 'hat',
        results_count: 2,
        products: [{ product_id: 'p-1', name: 'Sun hat', price: 15 }],
      },
    },
    out: [
      {
        metric: 'Searched Site',
        unique_id: 'msg-search-2',
        profile: anonymous,
        properties: {
          'Search Term': 'hat',
          'Search Results Count': 2,
          ItemNames: ['Sun hat'],
          Items: [{ ProductID: 'p-1', ProductName: 'Sun hat', Quantity: 1, ItemPrice: 15, RowTotal: 15 }],
        },
      },
    ],
  },
];
