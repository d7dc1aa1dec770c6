/** Klaviyo's property names, each with the name that Segment's specification has for the same. */
export interface Spellings {
  /** Whether the properties are one product's, or those of something that has products. */
  of: 'product' | 'products';
  names: ReadonlyMap<string, string>;
}

const LINE = {
  ProductID: 'product_id',
  SKU: 'sku',
  ProductName: 'name',
  Quantity: 'quantity',
  ItemPrice: 'price',
  ProductURL: 'url',
  ImageURL: 'image_url',
  Brand: 'brand',
  ProductBrand: 'brand',
  Categories: 'category',
  ProductCategories: 'category',
};
const ORDER_ID = { OrderId: 'order_id', OrderID: 'order_id' };

const ofProduct = (names: Record<string, string>): Spellings => ({
  of: 'product',
  names: new Map(Object.entries(names)),
});
const ofProducts = (names: Record<string, string>): Spellings => ({
  of: 'products',
  names: new Map(Object.entries({ ...names, Items: 'products' })),
});

/** An entry of `Items`, and Ordered Product. */
export const LINE_SPELLINGS = ofProduct({ ...LINE, ...ORDER_ID });

/** Viewed Product and Removed from Cart. */
export const VIEWED_SPELLINGS = ofProduct({ ...LINE, URL: 'url', Price: 'price', CompareAtPrice: 'compare_at_price' });

/** Added to Cart: the product, beside the cart that it went into. */
export const ADDED_SPELLINGS = ofProduct({
  AddedItemProductName: 'name',
  AddedItemProductID: 'product_id',
  AddedItemSKU: 'sku',
  AddedItemCategories: 'category',
  AddedItemImageURL: 'image_url',
  AddedItemURL: 'url',
  AddedItemPrice: 'price',
  AddedItemQuantity: 'quantity',
  CheckoutURL: 'checkout_url',
  Items: 'products',
});

/** Carts, checkouts and shown lists. */
export const CART_SPELLINGS = ofProducts({ CheckoutURL: 'checkout_url' });

/** Orders, and what becomes of them. */
export const ORDER_SPELLINGS = ofProducts({
  ...ORDER_ID,
  DiscountCode: 'coupon',
  DiscountValue: 'discount',
  Reason: 'reason',
  BillingAddress: 'billing_address',
  ShippingAddress: 'shipping_address',
});

/** Searched Site. */
export const SEARCH_SPELLINGS = ofProducts({ 'Search Term': 'query', 'Search Results Count': 'results_count' });
