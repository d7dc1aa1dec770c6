import { priceCart } from '../cart/priceCart.js';
import { CURRENCY } from '../catalog.js';
import { describeProduct } from './describeProduct.js';
import { toAmount } from './toAmount.js';

/** @typedef {import('../cart/parseCart.js').Cart} Cart */

/** @param {Cart} cart */
export function describeLines({ lines }) {
  return lines.map(({ product, quantity }, index) => ({ ...describeProduct(product), quantity, position: index + 1 }));
}

/**
 * The cart as it goes with 'Product Added', 'Product Removed' and 'Cart Viewed'.
 * @param {Cart} cart
 */
export function describeCart(cart) {
  const { goodsCents, discountCents } = priceCart(cart);
  return {
    cart_total: toAmount(goodsCents - discountCents),
    currency: CURRENCY,
    ...(cart.coupon && { coupon: cart.coupon }),
    products: describeLines(cart),
    checkout_url: new URL('/checkout', location.origin).href,
  };
}

/**
 * The cart as it goes with 'Checkout Started' and 'Order Completed'.
 * @param {Cart} cart
 */
export function describeTotals(cart) {
  const totals = priceCart(cart);
  return {
    total: toAmount(totals.totalCents),
    revenue: toAmount(totals.revenueCents),
    shipping: toAmount(totals.shippingCents),
    tax: toAmount(totals.taxCents),
    discount: toAmount(totals.discountCents),
    ...(cart.coupon && { coupon: cart.coupon }),
    currency: CURRENCY,
    products: describeLines(cart),
  };
}
