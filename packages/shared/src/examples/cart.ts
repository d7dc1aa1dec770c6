import type { MappingExample } from './example.ts';

const anonymous = { anonymous_id: 'anon-1' };

/** Filling a cart and going to pay. */
export const cartExamples: readonly MappingExample[] = [
  {
    title: 'Product Added without the cart: worth price × quantity, the product as the only item',
    in: {
      type: 'track',
      messageId: 'msg-add-1',
      anonymousId: 'anon-1',
      event: 'Product Added',
      properties: {
        cart_id: 'cart-7',
        product_id: 'p-1',
        sku: 'HAT-S',
        name: 'Sun hat',
        brand: 'Helios',
        category: 'Hats',
        price: 15.1,
        quantity: 3,
        currency: 'EUR',
        url: 'https://shop.example.com/hat',
        image_url: 'https://shop.example.com/hat.jpg',
        checkout_url: 'https://shop.example.com/checkout/7',
      },
    },
    out: [
      {
        metric: 'Added to Cart',
        unique_id: 'msg-add-1',
        value: 45.3,
        currency: 'EUR',
        profile: anonymous,
        properties: {
          AddedItemProductName: 'Sun hat',
          AddedItemProductID: 'p-1',
          AddedItemSKU: 'HAT-S',
          AddedItemCategories: ['Hats'],
          AddedItemImageURL: 'https://shop.example.com/hat.jpg',
          AddedItemURL: 'https://shop.example.com/hat',
          AddedItemPrice: 15.1,
          AddedItemQuantity: 3,
          CheckoutURL: 'https://shop.example.com/checkout/7',
          ItemNames: ['Sun hat'],
          Items: [
            {
              ProductID: 'p-1',
              SKU: 'HAT-S',
              ProductName: 'Sun hat',
              Quantity: 3,
              ItemPrice: 15.1,
              RowTotal: 45.3,
              ProductURL: 'https://shop.example.com/hat',
              ImageURL: 'https://shop.example.com/hat.jpg',
              ProductCategories: ['Hats'],
              brand: 'Helios',
            },
          ],
          brand: 'Helios',
          cart_id: 'cart-7',
          currency: 'EUR',
        },
      },
    ],
  },
  {
    title: 'Product Added with the cart: worth the whole cart',
    in: {
      type: 'track',
      messageId: 'msg-add-2',
      anonymousId: 'anon-1',
      event: 'Product Added',
      properties: {
        product_id: 'p-2',
        name: 'Sandals',
        price: 40,
        quantity: 1,
        products: [
          { product_id: 'p-1', name: 'Sun hat', price: '15.00', quantity: '2' },
          { product_id: 'p-2', name: 'Sandals', price: 40 },
        ],
      },
    },
    out: [
      {
        metric: 'Added to Cart',
        unique_id: 'msg-add-2',
        value: 70,
        profile: anonymous,
        properties: {
          AddedItemProductName: 'Sandals',
          AddedItemProductID: 'p-2',
          AddedItemPrice: 40,
          AddedItemQuantity: 1,
          ItemNames: ['Sun hat', 'Sandals'],
          Items: [
            { ProductID: 'p-1', ProductName: 'Sun hat', Quantity: 2, ItemPrice: 15, RowTotal: 30 },
            { ProductID: 'p-2', ProductName: 'Sandals', Quantity: 1, ItemPrice: 40, RowTotal: 40 },
          ],
        },
      },
    ],
  },
  {
    title: 'Product Removed becomes Removed from Cart, without a value',
    in: {
      type: 'track',
      messageId: 'msg-remove-1',
      anonymousId: 'anon-1',
      event: 'Product Removed',
      properties: { cart_id: 'cart-7', product_id: 'p-1', name: 'Sun hat', price: 15, quantity: 1 },
    },
    out: [
      {
        metric: 'Removed from Cart',
        unique_id: 'msg-remove-1',
        profile: anonymous,
        properties: { ProductID: 'p-1', ProductName: 'Sun hat', Price: 15, Quantity: 1, cart_id: 'cart-7' },
      },
    ],
  },
  {
    title: 'Cart Viewed becomes Viewed Cart',
    in: {
      type: 'track',
      messageId: 'msg-cart-1',
      anonymousId: 'anon-1',
      event: 'Cart Viewed',
      properties: { cart_id: 'cart-7', products: [{ sku: 'HAT-S', name: 'Sun hat', price: 15, quantity: 2 }] },
    },
    out: [
      {
        metric: 'Viewed Cart',
        unique_id: 'msg-cart-1',
        profile: anonymous,
        properties: {
          ItemNames: ['Sun hat'],
          Items: [{ SKU: 'HAT-S', ProductName: 'Sun hat', Quantity: 2, ItemPrice: 15, RowTotal: 30 }],
          cart_id: 'cart-7',
        },
      },
    ],
  },
  {
    title: 'Checkout Started is one event a checkout, however often its page is opened',
    in: {
      type: 'track',
      messageId: 'msg-checkout-1',
      anonymousId: 'anon-1',
      event: 'Checkout Started',
      properties: {
        checkout_id: 'chk-9',
        order_id: '1001',
        email: 'Ada@Example.com',
        total: '55.00',
        currency: 'EUR',
        checkout_url: 'https://shop.example.com/checkout/9',
        products: [{ product_id: 'p-1', name: 'Sun hat', category: 'Hats', price: 27.5, quantity: 2 }],
      },
    },
    out: [
      {
        metric: 'Started Checkout',
        unique_id: 'chk-9',
        value: 55,
        currency: 'EUR',
        profile: { email: 'ada@example.com', anonymous_id: 'anon-1' },
        properties: {
          CheckoutURL: 'https://shop.example.com/checkout/9',
          ItemNames: ['Sun hat'],
          Categories: ['Hats'],
          Items: [
            {
              ProductID: 'p-1',
              ProductName: 'Sun hat',
              ProductCategories: ['Hats'],
              Quantity: 2,
              ItemPrice: 27.5,
              RowTotal: 55,
            },
          ],
          checkout_id: 'chk-9',
          order_id: '1001',
          total: '55.00',
          currency: 'EUR',
        },
      },
    ],
  },
  {
    title: 'A checkout without an id of its own is its order, and without a total worth its lines',
    in: {
      type: 'track',
      messageId: 'msg-checkout-2',
      anonymousId: 'anon-1',
      event: 'Checkout Started',
      properties: {
        order_id: 1002,
        currency: 'euro',
        products: [
          { sku: 'A', price: 10, quantity: 2 },
          { sku: 'B', price: 5 },
        ],
      },
    },
    out: [
      {
        metric: 'Started Checkout',
        unique_id: '1002',
        value: 25,
        profile: anonymous,
        properties: {
          Items: [
            { SKU: 'A', Quantity: 2, ItemPrice: 10, RowTotal: 20 },
            { SKU: 'B', Quantity: 1, ItemPrice: 5, RowTotal: 5 },
          ],
          order_id: 1002,
          currency: 'euro',
        },
      },
    ],
  },

  {
    title: 'Checkout Started with all of Segment’s properties',
    in: {
      type: 'track',
      messageId: 'msg-checkout-3',
      anonymousId: 'anon-1',
      event: 'Checkout Started',
      properties: {
        order_id: '1020',
        affiliation: 'Online',
        value: 52,
        revenue: 48,
        shipping: 4,
        tax: 2,
        discount: 5,
        coupon: 'SUMMER',
        currency: 'USD',
        products: [
          {
            product_id: 'p-1',
            sku: 'HAT-S',
            name: 'Sun hat',
            brand: 'Helios',
            category: 'Hats',
            variant: 'small',
            price: 25,
            quantity: 2,
            coupon: 'SUMMER',
            position: 1,
            url: 'https://shop.example.com/hat',
            image_url: 'https://shop.example.com/hat.jpg',
          },
        ],
      },
    },
    out: [
      {
        metric: 'Started Checkout',
        unique_id: '1020',
        value: 52,
        currency: 'USD',
        profile: anonymous,
        properties: {
          ItemNames: ['Sun hat'],
          Categories: ['Hats'],
          Items: [
            {
              ProductID: 'p-1',
              SKU: 'HAT-S',
              ProductName: 'Sun hat',
              Quantity: 2,
              ItemPrice: 25,
              ProductURL: 'https://shop.example.com/hat',
              ImageURL: 'https://shop.example.com/hat.jpg',
              ProductCategories: ['Hats'],
              RowTotal: 50,
              brand: 'Helios',
              variant: 'small',
              coupon: 'SUMMER',
              position: 1,
            },
          ],
          order_id: '1020',
          affiliation: 'Online',
          value: 52,
          revenue: 48,
          shipping: 4,
          tax: 2,
          discount: 5,
          coupon: 'SUMMER',
          currency: 'USD',
        },
      },
    ],
  },
  {
    title: 'A checkout with neither id is one event a message',
    in: {
      type: 'track',
      messageId: 'msg-checkout-4',
      anonymousId: 'anon-1',
      event: 'Checkout Started',
      properties: { value: 52 },
    },
    out: [
      {
        metric: 'Started Checkout',
        unique_id: 'msg-checkout-4',
        value: 52,
        profile: anonymous,
        properties: { value: 52 },
      },
    ],
  },
  {
    title: 'Product Added with a cart total is worth that',
    in: {
      type: 'track',
      messageId: 'msg-add-3',
      anonymousId: 'anon-1',
      event: 'Product Added',
      properties: { product_id: 'p-1', price: 15, quantity: 1, cart_total: 85 },
    },
    out: [
      {
        metric: 'Added to Cart',
        unique_id: 'msg-add-3',
        value: 85,
        profile: anonymous,
        properties: {
          AddedItemProductID: 'p-1',
          AddedItemPrice: 15,
          AddedItemQuantity: 1,
          Items: [{ ProductID: 'p-1', Quantity: 1, ItemPrice: 15, RowTotal: 15 }],
          cart_total: 85,
        },
      },
    ],
  },
  {
    title: 'Product Removed by Klaviyo’s name and properties',
    in: {
      type: 'track',
      messageId: 'msg-remove-2',
      anonymousId: 'anon-1',
      event: 'Removed from Cart',
      properties: { ProductID: 'p-1', ProductName: 'Sun hat', Price: 15, Quantity: 2 },
    },
    out: [
      {
        metric: 'Removed from Cart',
        unique_id: 'msg-remove-2',
        profile: anonymous,
        properties: { ProductName: 'Sun hat', ProductID: 'p-1', Price: 15, Quantity: 2 },
      },
    ],
  },
  {
    title: 'Cart Viewed by Klaviyo’s name and properties',
    in: {
      type: 'track',
      messageId: 'msg-cart-2',
      anonymousId: 'anon-1',
      event: 'Viewed Cart',
      properties: { Items: [{ SKU: 'HAT-S', ItemPrice: 15, Quantity: 2 }], ItemNames: ['Sun hat'] },
    },
    out: [
      {
        metric: 'Viewed Cart',
        unique_id: 'msg-cart-2',
        profile: anonymous,
        properties: {
          Items: [{ SKU: 'HAT-S', Quantity: 2, ItemPrice: 15, RowTotal: 30 }],
          ItemNames: ['Sun hat'],
        },
      },
    ],
  },
];
