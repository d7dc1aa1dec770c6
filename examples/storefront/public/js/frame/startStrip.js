import { hasPrivacyControl } from '../analytics/hasPrivacyControl.js';
import { loadedSluice } from '../analytics/loadSluice.js';
import { recorded } from '../analytics/record.js';
import { find } from '../find.js';

const NOTES = {
  granted: 'Told Sluice on this page:',
  unknown: 'Held until you choose, and sent only if you accept:',
  denied: 'You refused, so nothing is sent.',
};

/** Shows what this page told Sluice. Part of the demonstration, not of an integration. */
export async function startStrip() {
  const note = find('[data-strip-note]', HTMLElement);
  const list = find('[data-strip-events]', HTMLElement);
  const names = /** @type {string[]} */ ([]);
  recorded.addEventListener('recorded', (event) => {
    names.push(/** @type {CustomEvent<string>} */ (event).detail);
    render();
  });
  document.addEventListener('consent-decided', () => {
    // What was held before a refusal is gone.
    if (state === 'denied' || sluice?.consentState() === 'denied') names.length = 0;
    render();
  });

  /** @type {import('@sluice/browser').ConsentState | undefined} */
  let state;
  const sluice = await loadedSluice;
  render();

  function render() {
    state = sluice?.consentState();
    note.textContent = state ? describe(state) : 'Nothing: the SDK did not load, and the shop works without it.';
    list.replaceChildren(...(state === 'denied' ? [] : names).map(createItem));
  }
}

/** @param {import('@sluice/browser').ConsentState} state */
function describe(state) {
  return hasPrivacyControl()
    ? 'Your browser refuses tracking (Global Privacy Control), so nothing is sent.'
    : NOTES[state];
}

/** @param {string} text */
function createItem(text) {
  const item = document.createElement('li');
  item.textContent = text;
  return item;
}
