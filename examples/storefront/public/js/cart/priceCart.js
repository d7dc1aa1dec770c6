import { COUPONS } from './parseCart.js';

const VAT_PERCENT = 20;
const SHIPPING_CENTS = 490;
const FREE_SHIPPING_FROM_CENTS = 8000;

/**
 * @typedef {object} Totals
 * @property {number} goodsCents the lines at their prices, which include VAT
 * @property {number} discountCents
 * @property {number} shippingCents
 * @property {number} taxCents the VAT within the discounted goods
 * @property {number} revenueCents the discounted goods without VAT
 * @property {number} totalCents what the customer pays: revenue, tax and shipping
 */

/**
 * @param {import('./parseCart.js').Cart} cart
 * @returns {Totals}
 */
export function priceCart({ lines, coupon }) {
  const goodsCents = lines.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0);
  const discountCents = Math.round((goodsCents * (COUPONS.get(coupon ?? '') ?? 0)) / 100);
  const paidCents = goodsCents - discountCents;
  const shippingCents = goodsCents === 0 || paidCents >= FREE_SHIPPING_FROM_CENTS ? 0 : SHIPPING_CENTS;
  const taxCents = Math.round((paidCents * VAT_PERCENT) / (100 + VAT_PERCENT));
  return {
    goodsCents,
    discountCents,
    shippingCents,
    taxCents,
    revenueCents: paidCents - taxCents,
    totalCents: paidCents + shippingCents,
  };
}
