import { describeAddress } from '../analytics/describeAddress.js';
import { describeTotals } from '../analytics/describeCart.js';
import { identify, track, waitForHandOver } from '../analytics/record.js';
import { subscribe } from '../analytics/subscribe.js';
import { readCart, setCheckoutId, watchCart } from '../cart/cart.js';
import { createId } from '../cart/createId.js';
import { placeOrder } from '../cart/placeOrder.js';
import { priceCart } from '../cart/priceCart.js';
import { renderTotals } from '../cart/renderTotals.js';
import { readCustomer } from '../checkout/readCustomer.js';
import { renderLines } from '../checkout/renderLines.js';
import { find } from '../find.js';

/** @typedef {import('../cart/parseCart.js').Cart} Cart */

/** A customer does not notice this; a script that is still loading mostly makes it. */
const MAX_HAND_OVER_MS = 800;

const form = find('[data-checkout]', HTMLFormElement);
let isPlaced = false;

watchCart((cart) => {
  if (isPlaced) return;
  find('[data-cart-empty]', HTMLElement).hidden = cart.lines.length > 0;
  find('[data-cart-full]', HTMLElement).hidden = cart.lines.length === 0;
  renderLines(find('[data-lines]', HTMLElement), cart.lines);
  renderTotals(find('[data-totals]', HTMLElement), priceCart(cart), cart.coupon);
});
startCheckout(readCart());

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const customer = readCustomer(form);
  const { lines, checkoutId } = readCart();
  // Another tab may have placed the order or emptied the cart.
  if (!customer || lines.length === 0) return;
  isPlaced = true;
  find('[data-testid=checkout-submit]', HTMLButtonElement).disabled = true;

  const order = placeOrder(customer.email);
  identify({ email: customer.email, firstName: customer.firstName, lastName: customer.lastName });
  track('Order Completed', {
    order_id: order.id,
    checkout_id: checkoutId,
    ...describeTotals(order.cart),
    billing_address: describeAddress(customer),
    shipping_address: describeAddress(customer),
  });
  // Nobody waits for the answer: the SDK keeps the sign-up until it has one.
  if (find('[name=newsletter]', HTMLInputElement, form).checked) {
    subscribe({ email: customer.email }, find('[data-newsletter-consent]', HTMLElement, form));
  }
  const phone = find('[name=phone]', HTMLInputElement, form).value.trim();
  if (phone && find('[name=texts]', HTMLInputElement, form).checked) {
    subscribe({ phone }, find('[data-texts-consent]', HTMLElement, form));
  }
  await waitForHandOver(MAX_HAND_OVER_MS);
  location.assign('/thanks');
});

/**
 * Once a checkout, however often its page is opened.
 * @param {Cart} cart
 */
function startCheckout(cart) {
  if (cart.lines.length === 0 || cart.checkoutId) return;
  const checkoutId = createId('CHK');
  setCheckoutId(checkoutId);
  const { products, ...totals } = describeTotals(cart);
  track('Checkout Started', {
    checkout_id: checkoutId,
    value: totals.total,
    ...totals,
    products,
    checkout_url: new URL('/checkout', location.origin).href,
  });
}
