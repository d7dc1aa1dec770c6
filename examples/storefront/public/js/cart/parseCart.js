import { findProduct } from '../catalog.js';

export const MAX_QUANTITY = 9;
export const COUPONS = new Map([['TIDE10', 10]]);

/**
 * @typedef {object} CartLine
 * @property {import('../catalog.js').Product} product
 * @property {number} quantity
 */
/**
 * @typedef {object} Cart
 * @property {CartLine[]} lines
 * @property {string | null} coupon
 * @property {string | null} checkoutId born when the checkout first opens, and kept until the order is placed
 */

/**
 * Makes a cart of whatever the storage holds: prices come from the catalogue, never from there, and what is not
 * a product or not a quantity is left out.
 * @param {string | null} text
 * @returns {Cart}
 */
export function parseCart(text) {
  const stored = parseObject(text);
  /** @type {Map<string, CartLine>} */
  const lines = new Map();
  for (const entry of Array.isArray(stored.lines) ? stored.lines : []) {
    const product = findProduct(entry?.id);
    const quantity = entry?.quantity;
    if (!product || !Number.isInteger(quantity) || quantity < 1) continue;
    const before = lines.get(product.id)?.quantity ?? 0;
    lines.set(product.id, { product, quantity: Math.min(before + quantity, MAX_QUANTITY) });
  }
  return {
    lines: [...lines.values()],
    coupon: COUPONS.has(stored.coupon) ? stored.coupon : null,
    checkoutId: /^[\w-]{1,64}$/.test(stored.checkoutId ?? '') ? String(stored.checkoutId) : null,
  };
}

/**
 * @param {Cart} cart
 * @returns {string}
 */
export function stringifyCart({ lines, coupon, checkoutId }) {
  return JSON.stringify({
    lines: lines.map(({ product, quantity }) => ({ id: product.id, quantity })),
    coupon,
    checkoutId,
  });
}

/**
 * @param {string | null} text
 * @returns {Record<string, any>}
 */
function parseObject(text) {
  try {
    return Object(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}
