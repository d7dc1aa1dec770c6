import { describeSignUp } from '../analytics/describeSignUp.js';
import { subscribe } from '../analytics/subscribe.js';
import { find } from '../find.js';

/** The SDK keeps an unanswered sign-up and tries again by itself; after this long the person hears of that. */
const PATIENCE_MS = 5000;
const WAITING =
  'The newsletter service cannot be reached just now. This browser keeps your sign-up and sends it when the service answers.';

export function startNewsletter() {
  const form = find('[data-newsletter]', HTMLFormElement);
  const email = find('[data-testid=newsletter-email]', HTMLInputElement, form);
  const button = find('[data-testid=newsletter-submit]', HTMLButtonElement, form);
  const result = find('[data-testid=newsletter-result]', HTMLElement, form);
  const consentText = find('[data-newsletter-consent]', HTMLElement, form);

  /** @param {string} text @param {boolean} isMistake the field's own */
  const tell = (text, isMistake) => {
    result.textContent = text;
    email.setAttribute('aria-invalid', String(isMistake));
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // Not "disabled": that would take the focus away. A second press while the first is on its way does nothing.
    if (button.getAttribute('aria-disabled') === 'true') return;
    if (!email.value.trim() || !email.validity.valid) {
      tell(describeSignUp({ ok: false, code: 'email_invalid', message: '' }), true);
      email.focus();
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    tell('Signing you up…', false);
    const slow = setTimeout(() => tell(WAITING, false), PATIENCE_MS);
    const answer = await subscribe({ email: email.value.trim() }, consentText);
    clearTimeout(slow);
    button.removeAttribute('aria-disabled');
    tell(describeSignUp(answer), !answer.ok && answer.code === 'email_invalid');
    if (answer.ok) email.value = '';
  });
  // The page comes with the button disabled: pressed before this ran, it would put the address into the page's URL.
  button.disabled = false;
}
