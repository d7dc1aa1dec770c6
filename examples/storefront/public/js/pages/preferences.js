import { chooseTracking } from '../analytics/chooseTracking.js';
import { describeChange } from '../analytics/describeChange.js';
import { describeTracking } from '../analytics/describeTracking.js';
import { loadedSluice } from '../analytics/loadSluice.js';
import { subscribe } from '../analytics/subscribe.js';
import { unsubscribe } from '../analytics/unsubscribe.js';
import { find } from '../find.js';

const form = find('[data-preferences]', HTMLFormElement);
const button = find('[data-testid=preferences-submit]', HTMLButtonElement, form);
const result = find('[data-testid=preferences-result]', HTMLElement, form);
const now = find('[data-tracking-now]', HTMLElement, form);

showTracking();
document.addEventListener('consent-decided', showTracking);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (button.getAttribute('aria-disabled') === 'true') return;
  const choice = readChoice();
  if (!choice) return;
  button.setAttribute('aria-disabled', 'true');
  result.textContent = 'Saving…';
  const changes = await Promise.all(send(choice));
  button.removeAttribute('aria-disabled');
  result.textContent = changes.join(' ') || 'Nothing was chosen, so nothing has changed.';
});
// The page comes with the button disabled: pressed before this ran, it would put the address into the page's URL.
button.disabled = false;

/** @typedef {{ email: string, phone: string, letters: string, texts: string, tracking: string }} Choice */

/**
 * One answer for each change, and the same for every address.
 * @param {Choice} choice
 */
function* send({ email, phone, letters, texts, tracking }) {
  const letterWords = find('[data-letters-consent]', HTMLElement, form);
  const textWords = find('[data-texts-consent]', HTMLElement, form);
  if (letters === 'yes') yield subscribe({ email }, letterWords).then((answer) => describeChange('Letters', answer));
  if (letters === 'no') yield unsubscribe({ email, channels: ['email'] }).then((it) => describeChange('Letters', it));
  if (texts === 'yes') yield subscribe({ phone }, textWords).then((answer) => describeChange('Text messages', answer));
  if (texts === 'no') yield unsubscribe({ phone, channels: ['sms'] }).then((it) => describeChange('Text messages', it));
  if (tracking !== 'keep')
    yield chooseTracking(tracking === 'yes', { email, phone }).then(async (answer) =>
      answer.ok ? describeTracking(await loadedSluice) : describeChange('Your visits', answer),
    );
}

/**
 * Says at the first field what is missing, and returns nothing.
 * @returns {Choice | null}
 */
function readChoice() {
  const data = new FormData(form);
  const read = (/** @type {string} */ name) => String(data.get(name) ?? '').trim();
  const choice = {
    email: read('email'),
    phone: read('phone'),
    letters: read('letters'),
    texts: read('texts'),
    tracking: read('tracking'),
  };
  const email = find('[name=email]', HTMLInputElement, form);
  const phone = find('[name=phone]', HTMLInputElement, form);
  const isEmailWrong = !email.validity.valid || (choice.letters !== 'keep' && !choice.email);
  const isPhoneWrong = !phone.validity.valid || (choice.texts !== 'keep' && !choice.phone);
  email.setAttribute('aria-invalid', String(isEmailWrong));
  phone.setAttribute('aria-invalid', String(isPhoneWrong));
  if (!isEmailWrong && !isPhoneWrong) return choice;
  result.textContent = isEmailWrong
    ? 'Please enter a complete e-mail address, such as ada@example.com.'
    : 'Please enter the number with its country code, such as +1 500 555 0006.';
  (isEmailWrong ? email : phone).focus();
  return null;
}

async function showTracking() {
  now.textContent = `This browser now: ${describeTracking(await loadedSluice)}`;
}
