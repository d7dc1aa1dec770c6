import { find } from '../find.js';

const MESSAGES = /** @type {Record<string, string>} */ ({
  email: 'Please enter a complete e-mail address, such as ada@example.com.',
  phone: 'Please enter the number with its country code, such as +1 500 555 0006, or leave the box below it empty.',
  firstName: 'Please enter your first name.',
  lastName: 'Please enter your last name.',
  street: 'Please enter street and number.',
  postcode: 'Please enter the postcode.',
  city: 'Please enter the town.',
});

/**
 * Reads the checkout form. With mistakes in it, says beside each field what is wrong, goes to the first and returns
 * nothing.
 * @param {HTMLFormElement} form
 * @returns {import('../cart/placeOrder.js').Customer | null}
 */
export function readCustomer(form) {
  const wrong = Object.keys(MESSAGES)
    .map((name) => find(`[name=${name}]`, HTMLInputElement, form))
    .filter((field) => !checkField(field));
  wrong[0]?.focus();
  if (wrong.length > 0) return null;
  const data = new FormData(form);
  const read = (/** @type {string} */ name) => String(data.get(name) ?? '').trim();
  return {
    email: read('email'),
    firstName: read('firstName'),
    lastName: read('lastName'),
    street: read('street'),
    postcode: read('postcode'),
    city: read('city'),
    country: read('country'),
  };
}

/** @param {HTMLInputElement} field */
function checkField(field) {
  const isNeeded = field.name !== 'phone' || find('[name=texts]', HTMLInputElement).checked;
  const isRight = (field.value.trim() !== '' || !isNeeded) && field.validity.valid;
  field.setAttribute('aria-invalid', String(!isRight));
  find(`#${field.id}-mistake`, HTMLElement).textContent = isRight ? '' : (MESSAGES[field.name] ?? '');
  return isRight;
}
