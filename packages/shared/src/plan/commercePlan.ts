import * as z from 'zod';
import { definePlan } from './definePlan.ts';

// Segment's E-commerce Spec v2, with what Klaviyo's e-commerce guide can use beyond it. Everything else a shop adds is kept.

const text = z.string();
const money = z.number();
const currency = z.string().length(3).describe('ISO 4217, such as "EUR".');

const product = {
  product_id: text.describe('The product, whichever variant.'),
  sku: text.describe('The variant that is sold.'),
  name: text,
  category: z.union([text, z.array(text)]).describe('One category, or several.'),
  brand: text,
  variant: text.describe('For example "Red, 42".'),
  price: money.describe('Of one piece, in major units.'),
  compare_at_price: money.describe('The price before a reduction, in major units.'),
  quantity: z.number(),
  coupon: text,
  position: z.number().describe('In the list that it stood in.'),
  url: z.string().describe('Of the product page.'),
  image_url: z.string(),
};
const ProductSchema = z.looseObject(product).partial().meta({ id: 'Product' });

const line = {
  ...product,
  line_id: text.describe('Tells lines of one order apart. Without it: sku, then product_id.'),
};
const products = z.array(z.looseObject(line).partial().meta({ id: 'Line' }));

const AddressSchema = z
  .looseObject({
    first_name: text,
    last_name: text,
    address1: text,
    city: text,
    region_code: text,
    country_code: text,
    zip: text,
    phone: text,
  })
  .partial()
  .meta({ id: 'Address' });

const money_of_order = {
  total: money.describe('What the customer pays, in major units.'),
  revenue: money.describe('Without shipping and tax.'),
  shipping: money,
  tax: money,
  discount: money,
  coupon: text,
  currency,
};

const cart = z
  .looseObject({
    cart_id: text,
    cart_total: money.describe('What the whole cart is worth, in major units.'),
    currency,
    checkout_url: text.describe('Where the customer goes on; Klaviyo links to it from a mail.'),
    products,
  })
  .partial();

const order = z
  .looseObject({
    ...money_of_order,
    affiliation: text,
    products,
    billing_address: AddressSchema,
    shipping_address: AddressSchema,
  })
  .partial()
  .extend({ order_id: text.min(1).describe('One order is counted once, whoever reports it under this id.') });

const list = z.looseObject({ list_id: text, category: text, products: z.array(ProductSchema) }).partial();

/** The e-commerce events, by the names that Segment's specification gives them. */
export const commercePlan = definePlan({
  'Product Viewed': ProductSchema.extend({ currency: currency.optional() }),
  'Product Clicked': ProductSchema.extend({ currency: currency.optional() }),
  'Product List Viewed': list,
  'Products Searched': z.looseObject({ query: text.describe('What was searched for.') }),
  'Product Added': ProductSchema.extend(cart.shape),
  'Product Removed': ProductSchema.extend(cart.shape),
  'Cart Viewed': cart,
  'Checkout Started': cart.extend(
    z.looseObject({ ...money_of_order, checkout_id: text, order_id: text, value: money }).partial().shape,
  ),
  'Order Completed': order,
  'Order Updated': order.extend({
    fulfillment_status: text.describe('"fulfilled" makes it an Order Fulfilled.').optional(),
  }),
  'Order Fulfilled': order,
  'Order Cancelled': order.extend({ reason: text.optional() }),
  'Order Refunded': order.extend({
    refund_id: text
      .describe('Tells several refunds of one order apart, where the proxy is set to count them.')
      .optional(),
    refund_amount: money.describe('What is paid back. Without it: the total.').optional(),
    reason: text.optional(),
  }),
});
