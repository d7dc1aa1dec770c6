import { MAX_QUANTITY, parseCart, stringifyCart } from './parseCart.js';
import { readText, writeText } from './storedText.js';

/** @typedef {import('./parseCart.js').Cart} Cart */
/** @typedef {import('../catalog.js').Product} Product */

const CART_KEY = 'ebbware.cart';
const changes = new EventTarget();

/** The cart now, read afresh: another tab may have changed it. */
export function readCart() {
  return parseCart(readText(CART_KEY));
}

/**
 * Sets how many of a product the cart holds; 0 takes it out. Returns by how many that differs from before.
 * @param {Product} product
 * @param {number} wanted
 */
export function setQuantity(product, wanted) {
  const cart = readCart();
  const line = cart.lines.find((other) => other.product === product);
  const before = line?.quantity ?? 0;
  const quantity = Math.min(Math.max(wanted, 0), MAX_QUANTITY);
  if (line) line.quantity = quantity;
  else cart.lines.push({ product, quantity });
  writeCart({ ...cart, lines: cart.lines.filter((other) => other.quantity > 0) });
  return quantity - before;
}

/** @param {Product} product */
export function countInCart(product) {
  return readCart().lines.find((line) => line.product === product)?.quantity ?? 0;
}

/** @param {string | null} coupon */
export function setCoupon(coupon) {
  writeCart({ ...readCart(), coupon });
}

/** @param {string} checkoutId */
export function setCheckoutId(checkoutId) {
  writeCart({ ...readCart(), checkoutId });
}

export function clearCart() {
  writeCart({ lines: [], coupon: null, checkoutId: null });
}

/**
 * Calls back at once and after every change, here, in another tab, or while the page lay in the back/forward cache.
 * @param {(cart: Cart) => void} listener
 */
export function watchCart(listener) {
  const tell = () => listener(readCart());
  changes.addEventListener('change', tell);
  addEventListener('storage', ({ key }) => (key === CART_KEY || key === null) && tell());
  addEventListener('pageshow', ({ persisted }) => persisted && tell());
  tell();
}

/** @param {Cart} cart */
function writeCart(cart) {
  writeText(CART_KEY, stringifyCart(cart));
  changes.dispatchEvent(new Event('change'));
}
