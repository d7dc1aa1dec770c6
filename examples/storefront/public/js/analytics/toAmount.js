/**
 * Money as the events carry it: 12.5 for 1250 cents.
 * @param {number} cents
 */
export function toAmount(cents) {
  return cents / 100;
}
