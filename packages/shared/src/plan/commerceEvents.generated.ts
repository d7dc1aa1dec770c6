// Written by `npm run docs` from commercePlan.ts, so that the SDKs have its types without its library.
// biome-ignore-all lint/suspicious/noExplicitAny: with `unknown` an object whose type is an interface would not fit.

export interface CommercePlan {
  'Product Viewed'?: {
    /**
     * The product, whichever variant.
     */
    product_id?: string;
    /**
     * The variant that is sold.
     */
    sku?: string;
    name?: string;
    /**
     * One category, or several.
     */
    category?: string | string[];
    brand?: string;
    /**
     * For example "Red, 42".
     */
    variant?: string;
    /**
     * Of one piece, in major units.
     */
    price?: number;
    /**
     * The price before a reduction, in major units.
     */
    compare_at_price?: number;
    quantity?: number;
    coupon?: string;
    /**
     * In the list that it stood in.
     */
    position?: number;
    /**
     * Of the product page.
     */
    url?: string;
    image_url?: string;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    [k: string]: any;
  };
  'Product Clicked'?: {
    /**
     * The product, whichever variant.
     */
    product_id?: string;
    /**
     * The variant that is sold.
     */
    sku?: string;
    name?: string;
    /**
     * One category, or several.
     */
    category?: string | string[];
    brand?: string;
    /**
     * For example "Red, 42".
     */
    variant?: string;
    /**
     * Of one piece, in major units.
     */
    price?: number;
    /**
     * The price before a reduction, in major units.
     */
    compare_at_price?: number;
    quantity?: number;
    coupon?: string;
    /**
     * In the list that it stood in.
     */
    position?: number;
    /**
     * Of the product page.
     */
    url?: string;
    image_url?: string;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    [k: string]: any;
  };
  'Product List Viewed'?: {
    list_id?: string;
    category?: string;
    products?: Product[];
    [k: string]: any;
  };
  'Products Searched'?: {
    /**
     * What was searched for.
     */
    query: string;
    [k: string]: any;
  };
  'Product Added'?: {
    /**
     * The product, whichever variant.
     */
    product_id?: string;
    /**
     * The variant that is sold.
     */
    sku?: string;
    name?: string;
    /**
     * One category, or several.
     */
    category?: string | string[];
    brand?: string;
    /**
     * For example "Red, 42".
     */
    variant?: string;
    /**
     * Of one piece, in major units.
     */
    price?: number;
    /**
     * The price before a reduction, in major units.
     */
    compare_at_price?: number;
    quantity?: number;
    coupon?: string;
    /**
     * In the list that it stood in.
     */
    position?: number;
    /**
     * Of the product page.
     */
    url?: string;
    image_url?: string;
    cart_id?: string;
    /**
     * What the whole cart is worth, in major units.
     */
    cart_total?: number;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    /**
     * Where the customer goes on; Klaviyo links to it from a mail.
     */
    checkout_url?: string;
    products?: Line[];
    [k: string]: any;
  };
  'Product Removed'?: {
    /**
     * The product, whichever variant.
     */
    product_id?: string;
    /**
     * The variant that is sold.
     */
    sku?: string;
    name?: string;
    /**
     * One category, or several.
     */
    category?: string | string[];
    brand?: string;
    /**
     * For example "Red, 42".
     */
    variant?: string;
    /**
     * Of one piece, in major units.
     */
    price?: number;
    /**
     * The price before a reduction, in major units.
     */
    compare_at_price?: number;
    quantity?: number;
    coupon?: string;
    /**
     * In the list that it stood in.
     */
    position?: number;
    /**
     * Of the product page.
     */
    url?: string;
    image_url?: string;
    cart_id?: string;
    /**
     * What the whole cart is worth, in major units.
     */
    cart_total?: number;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    /**
     * Where the customer goes on; Klaviyo links to it from a mail.
     */
    checkout_url?: string;
    products?: Line[];
    [k: string]: any;
  };
  'Cart Viewed'?: {
    cart_id?: string;
    /**
     * What the whole cart is worth, in major units.
     */
    cart_total?: number;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    /**
     * Where the customer goes on; Klaviyo links to it from a mail.
     */
    checkout_url?: string;
    products?: Line[];
    [k: string]: any;
  };
  'Checkout Started'?: {
    cart_id?: string;
    /**
     * What the whole cart is worth, in major units.
     */
    cart_total?: number;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    /**
     * Where the customer goes on; Klaviyo links to it from a mail.
     */
    checkout_url?: string;
    products?: Line[];
    /**
     * What the customer pays, in major units.
     */
    total?: number;
    /**
     * Without shipping and tax.
     */
    revenue?: number;
    shipping?: number;
    tax?: number;
    discount?: number;
    coupon?: string;
    checkout_id?: string;
    order_id?: string;
    value?: number;
    [k: string]: any;
  };
  'Order Completed'?: {
    /**
     * What the customer pays, in major units.
     */
    total?: number;
    /**
     * Without shipping and tax.
     */
    revenue?: number;
    shipping?: number;
    tax?: number;
    discount?: number;
    coupon?: string;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    affiliation?: string;
    products?: Line[];
    billing_address?: Address;
    shipping_address?: Address;
    /**
     * One order is counted once, whoever reports it under this id.
     */
    order_id: string;
    [k: string]: any;
  };
  'Order Updated'?: {
    /**
     * What the customer pays, in major units.
     */
    total?: number;
    /**
     * Without shipping and tax.
     */
    revenue?: number;
    shipping?: number;
    tax?: number;
    discount?: number;
    coupon?: string;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    affiliation?: string;
    products?: Line[];
    billing_address?: Address;
    shipping_address?: Address;
    /**
     * One order is counted once, whoever reports it under this id.
     */
    order_id: string;
    /**
     * "fulfilled" makes it an Order Fulfilled.
     */
    fulfillment_status?: string;
    [k: string]: any;
  };
  'Order Fulfilled'?: {
    /**
     * What the customer pays, in major units.
     */
    total?: number;
    /**
     * Without shipping and tax.
     */
    revenue?: number;
    shipping?: number;
    tax?: number;
    discount?: number;
    coupon?: string;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    affiliation?: string;
    products?: Line[];
    billing_address?: Address;
    shipping_address?: Address;
    /**
     * One order is counted once, whoever reports it under this id.
     */
    order_id: string;
    [k: string]: any;
  };
  'Order Cancelled'?: {
    /**
     * What the customer pays, in major units.
     */
    total?: number;
    /**
     * Without shipping and tax.
     */
    revenue?: number;
    shipping?: number;
    tax?: number;
    discount?: number;
    coupon?: string;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    affiliation?: string;
    products?: Line[];
    billing_address?: Address;
    shipping_address?: Address;
    /**
     * One order is counted once, whoever reports it under this id.
     */
    order_id: string;
    reason?: string;
    [k: string]: any;
  };
  'Order Refunded'?: {
    /**
     * What the customer pays, in major units.
     */
    total?: number;
    /**
     * Without shipping and tax.
     */
    revenue?: number;
    shipping?: number;
    tax?: number;
    discount?: number;
    coupon?: string;
    /**
     * ISO 4217, such as "EUR".
     */
    currency?: string;
    affiliation?: string;
    products?: Line[];
    billing_address?: Address;
    shipping_address?: Address;
    /**
     * One order is counted once, whoever reports it under this id.
     */
    order_id: string;
    /**
     * Tells several refunds of one order apart, where the proxy is set to count them.
     */
    refund_id?: string;
    /**
     * What is paid back. Without it: the total.
     */
    refund_amount?: number;
    reason?: string;
    [k: string]: any;
  };
}
export interface Product {
  /**
   * The product, whichever variant.
   */
  product_id?: string;
  /**
   * The variant that is sold.
   */
  sku?: string;
  name?: string;
  /**
   * One category, or several.
   */
  category?: string | string[];
  brand?: string;
  /**
   * For example "Red, 42".
   */
  variant?: string;
  /**
   * Of one piece, in major units.
   */
  price?: number;
  /**
   * The price before a reduction, in major units.
   */
  compare_at_price?: number;
  quantity?: number;
  coupon?: string;
  /**
   * In the list that it stood in.
   */
  position?: number;
  /**
   * Of the product page.
   */
  url?: string;
  image_url?: string;
  [k: string]: any;
}
export interface Line {
  /**
   * The product, whichever variant.
   */
  product_id?: string;
  /**
   * The variant that is sold.
   */
  sku?: string;
  name?: string;
  /**
   * One category, or several.
   */
  category?: string | string[];
  brand?: string;
  /**
   * For example "Red, 42".
   */
  variant?: string;
  /**
   * Of one piece, in major units.
   */
  price?: number;
  /**
   * The price before a reduction, in major units.
   */
  compare_at_price?: number;
  quantity?: number;
  coupon?: string;
  /**
   * In the list that it stood in.
   */
  position?: number;
  /**
   * Of the product page.
   */
  url?: string;
  image_url?: string;
  /**
   * Tells lines of one order apart. Without it: sku, then product_id.
   */
  line_id?: string;
  [k: string]: any;
}
export interface Address {
  first_name?: string;
  last_name?: string;
  address1?: string;
  city?: string;
  region_code?: string;
  country_code?: string;
  zip?: string;
  phone?: string;
  [k: string]: any;
}

/** What the properties of each e-commerce event may say, by its name. */
export type CommerceEvents = Required<CommercePlan>;
