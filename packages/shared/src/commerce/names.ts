/**
 * Segment's E-commerce Spec v2 events and the Klaviyo metric that each becomes.
 * Klaviyo's lifetime value and benchmarks look for these names to the letter (its custom-platform guide).
 */
export const METRIC_OF_EVENT = {
  'Product Viewed': 'Viewed Product',
  'Product Clicked': 'Viewed Product',
  'Product List Viewed': 'Viewed Collection',
  'Products Searched': 'Searched Site',
  'Product Added': 'Added to Cart',
  'Product Removed': 'Removed from Cart',
  'Cart Viewed': 'Viewed Cart',
  'Checkout Started': 'Started Checkout',
  'Order Completed': 'Placed Order',
  'Order Fulfilled': 'Fulfilled Order',
  'Order Cancelled': 'Cancelled Order',
  'Order Refunded': 'Refunded Order',
} as const;
export type CommerceEvent = keyof typeof METRIC_OF_EVENT;

/**
 * Metrics that Sluice derives: one a page or screen view, one a session, one an order line, one where a visitor became
 * known and no other event says so.
 */
export const DERIVED_METRICS = {
  page: 'Viewed Page',
  screen: 'Viewed Screen',
  session: 'Active on Site',
  orderLine: 'Ordered Product',
  identified: 'Identified',
} as const;

/** Metrics of a purchase that is not made yet. */
export const CART_METRICS: ReadonlySet<string> = new Set([
  'Added to Cart',
  'Removed from Cart',
  'Viewed Cart',
  'Started Checkout',
]);

/** Metrics of which an order has one each, whichever profile reports it. */
export const ORDER_METRICS: ReadonlySet<string> = new Set([
  'Placed Order',
  'Ordered Product',
  'Fulfilled Order',
  'Cancelled Order',
  'Refunded Order',
]);
