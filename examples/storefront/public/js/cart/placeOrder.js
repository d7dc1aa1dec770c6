import { clearCart, readCart } from './cart.js';
import { createId } from './createId.js';
import { parseCart, stringifyCart } from './parseCart.js';
import { readText, writeText } from './storedText.js';

/** @typedef {Record<'email' | 'firstName' | 'lastName' | 'street' | 'postcode' | 'city' | 'country', string>} Customer */
/** @typedef {{ id: string, email: string, cart: import('./parseCart.js').Cart }} Order */

const ORDER_KEY = 'ebbware.order';

/**
 * Turns the cart into an order, keeps what the thank-you page shows, and empties the cart. A real shop's back end
 * would do this, and give the order its number.
 * @param {string} email
 * @returns {Order}
 */
export function placeOrder(email) {
  const order = { id: createId('EW'), email, cart: readCart() };
  writeText(ORDER_KEY, JSON.stringify({ ...order, cart: stringifyCart(order.cart) }));
  clearCart();
  return order;
}

/**
 * The order last placed in this browser.
 * @returns {Order | null}
 */
export function readLastOrder() {
  try {
    const { id, email, cart } = JSON.parse(readText(ORDER_KEY) ?? '{}');
    return typeof id === 'string' ? { id, email: String(email), cart: parseCart(cart) } : null;
  } catch {
    return null;
  }
}
