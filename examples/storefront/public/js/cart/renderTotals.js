import { formatMoney } from '../formatMoney.js';

/**
 * Writes the totals into a `<dl>`.
 * @param {Element} list
 * @param {import('./priceCart.js').Totals} totals
 * @param {string | null} coupon
 */
export function renderTotals(list, { goodsCents, discountCents, shippingCents, taxCents, totalCents }, coupon) {
  list.replaceChildren(
    row('Goods', formatMoney(goodsCents)),
    ...(discountCents ? [row(`Discount ${coupon}`, `−${formatMoney(discountCents)}`)] : []),
    row('Shipping', shippingCents ? formatMoney(shippingCents) : 'Free'),
    row('Total', formatMoney(totalCents), 'total'),
    row('VAT included', formatMoney(taxCents), 'note'),
  );
}

/**
 * @param {string} label
 * @param {string} value
 * @param {string} [className]
 */
function row(label, value, className = '') {
  const [element, term, description] = ['div', 'dt', 'dd'].map((tag) => document.createElement(tag));
  if (!element || !term || !description) throw new Error('unreachable');
  element.className = className;
  term.textContent = label;
  description.textContent = value;
  element.append(term, description);
  return element;
}
