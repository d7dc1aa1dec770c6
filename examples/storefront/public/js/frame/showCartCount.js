import { watchCart } from '../cart/cart.js';
import { find } from '../find.js';

export function showCartCount() {
  const badge = find('[data-cart-count]', HTMLElement);
  watchCart(({ lines }) => {
    badge.textContent = String(lines.reduce((sum, { quantity }) => sum + quantity, 0));
  });
}
