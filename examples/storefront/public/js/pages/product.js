import { describeCart } from '../analytics/describeCart.js';
import { describeProduct } from '../analytics/describeProduct.js';
import { track } from '../analytics/record.js';
import { countInCart, readCart, setQuantity } from '../cart/cart.js';
import { MAX_QUANTITY } from '../cart/parseCart.js';
import { findProduct } from '../catalog.js';
import { find } from '../find.js';

const form = find('[data-product-id]', HTMLFormElement);
const product = findProduct(form.dataset.productId);
if (!product) throw new Error(`The catalogue has no product "${form.dataset.productId}".`);

track('Product Viewed', describeProduct(product));

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const wanted = Number(find('select', HTMLSelectElement, form).value);
  const quantity = setQuantity(product, countInCart(product) + wanted);
  const result = find('[data-add-result]', HTMLElement, form);
  result.textContent =
    quantity > 0
      ? `Added to your cart, which now holds ${countInCart(product)} of these.`
      : `Your cart holds ${MAX_QUANTITY} of these, and that is all we can fire at a time.`;
  find('[data-go-to-cart]', HTMLElement, form).hidden = false;
  if (quantity > 0) track('Product Added', { ...describeProduct(product), quantity, ...describeCart(readCart()) });
});
// The page comes with the button disabled: pressed before this module ran, it would reload the page and add nothing.
find('[data-testid=add-to-cart]', HTMLButtonElement, form).disabled = false;
