import { readLastOrder } from '../cart/placeOrder.js';
import { priceCart } from '../cart/priceCart.js';
import { renderTotals } from '../cart/renderTotals.js';
import { renderLines } from '../checkout/renderLines.js';
import { find } from '../find.js';

const order = readLastOrder();
find('[data-no-order]', HTMLElement).hidden = order !== null;
find('[data-order]', HTMLElement).hidden = order === null;
if (order) {
  find('[data-testid=order-number]', HTMLElement).textContent = order.id;
  find('[data-email]', HTMLElement).textContent = order.email;
  renderLines(find('[data-lines]', HTMLElement), order.cart.lines);
  renderTotals(find('[data-totals]', HTMLElement), priceCart(order.cart), order.cart.coupon);
}
