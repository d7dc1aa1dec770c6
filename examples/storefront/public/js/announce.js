import { find } from './find.js';

/**
 * Says something to those who listen to the page, without moving the focus.
 * @param {string} text
 */
export function announce(text) {
  find('[data-announce]', HTMLElement).textContent = text;
}
