import { CURRENCY } from './catalog.js';

const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: CURRENCY });

/** @param {number} cents */
export function formatMoney(cents) {
  return format.format(cents / 100);
}
