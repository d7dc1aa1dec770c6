import { describeCart } from '../analytics/describeCart.js';
import { describeProduct } from '../analytics/describeProduct.js';
import { track } from '../analytics/record.js';
import { announce } from '../announce.js';
import { countInCart, readCart, setCoupon, setQuantity, watchCart } from '../cart/cart.js';
import { COUPONS } from '../cart/parseCart.js';
import { priceCart } from '../cart/priceCart.js';
import { renderTotals } from '../cart/renderTotals.js';
import { find } from '../find.js';
import { formatMoney } from '../formatMoney.js';

/** @typedef {import('../cart/parseCart.js').CartLine} CartLine */

const empty = find('[data-cart-empty]', HTMLElement);
const full = find('[data-cart-full]', HTMLElement);
const template = find('#cart-line', HTMLTemplateElement);

track('Cart Viewed', describeCart(readCart()));
watchCart((cart) => {
  empty.hidden = cart.lines.length > 0;
  full.hidden = cart.lines.length === 0;
  renderLines(cart.lines);
  renderTotals(find('[data-totals]', HTMLElement), priceCart(cart), cart.coupon);
});

find('[data-coupon]', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const field = find('[data-coupon] input', HTMLInputElement);
  const code = field.value.trim().toUpperCase();
  const percent = COUPONS.get(code);
  setCoupon(percent ? code : null);
  field.setAttribute('aria-invalid', String(!percent));
  const result = percent ? `${code} takes ${percent} % off.` : 'We do not know this code. No discount is set.';
  find('[data-coupon-result]', HTMLElement).textContent = result;
});

/**
 * Lines are kept as long as their product is in the cart, so that a change does not take the focus away.
 * @param {CartLine[]} lines
 */
function renderLines(lines) {
  const list = find('[data-lines]', HTMLElement);
  const known = new Map([...list.children].map((item) => [item.getAttribute('data-id'), item]));
  list.replaceChildren(...lines.map((line) => updateLine(known.get(line.product.id) ?? createLine(line), line)));
}

/** @param {CartLine} line */
function createLine({ product }) {
  const item = find('li', HTMLLIElement, /** @type {DocumentFragment} */ (template.content.cloneNode(true)));
  item.dataset.id = product.id;
  find('img', HTMLImageElement, item).src = product.image;
  const link = find('a', HTMLAnchorElement, item);
  link.href = `/products/${product.handle}`;
  link.textContent = product.name;
  find('[data-unit]', HTMLElement, item).textContent = `${formatMoney(product.priceCents)} each`;
  find('label span', HTMLElement, item).textContent = ` of ${product.name}`;
  find('button span', HTMLElement, item).textContent = ` ${product.name}`;
  const select = find('select', HTMLSelectElement, item);
  select.addEventListener('change', () => change(product, Number(select.value)));
  find('button', HTMLButtonElement, item).addEventListener('click', () => {
    change(product, 0);
    announce(`${product.name} is no longer in your cart.`);
    find('h1', HTMLHeadingElement).focus();
  });
  return item;
}

/**
 * @param {Element} item
 * @param {CartLine} line
 */
function updateLine(item, { product, quantity }) {
  find('select', HTMLSelectElement, item).value = String(quantity);
  find('[data-line-total]', HTMLElement, item).textContent = formatMoney(product.priceCents * quantity);
  return item;
}

/**
 * @param {CartLine['product']} product
 * @param {number} wanted
 */
function change(product, wanted) {
  if (wanted === countInCart(product)) return;
  const difference = setQuantity(product, wanted);
  track(difference > 0 ? 'Product Added' : 'Product Removed', {
    ...describeProduct(product),
    quantity: Math.abs(difference),
    ...describeCart(readCart()),
  });
}
