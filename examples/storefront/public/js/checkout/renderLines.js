import { find } from '../find.js';
import { formatMoney } from '../formatMoney.js';

/**
 * Writes the lines of an order into a list, from the page's template `#order-line`.
 * @param {Element} list
 * @param {import('../cart/parseCart.js').CartLine[]} lines
 */
export function renderLines(list, lines) {
  const template = find('#order-line', HTMLTemplateElement);
  list.replaceChildren(
    ...lines.map(({ product, quantity }) => {
      const item = find('li', HTMLLIElement, /** @type {DocumentFragment} */ (template.content.cloneNode(true)));
      find('img', HTMLImageElement, item).src = product.image;
      find('[data-name]', HTMLElement, item).textContent = product.name;
      find('[data-quantity]', HTMLElement, item).textContent = `${quantity} × ${formatMoney(product.priceCents)}`;
      find('[data-line-total]', HTMLElement, item).textContent = formatMoney(product.priceCents * quantity);
      return item;
    }),
  );
}
