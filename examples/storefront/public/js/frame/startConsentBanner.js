import { chooseTracking } from '../analytics/chooseTracking.js';
import { describeTracking } from '../analytics/describeTracking.js';
import { loadedSluice } from '../analytics/loadSluice.js';
import { announce } from '../announce.js';
import { find } from '../find.js';

/** Asks once, keeps out of the way after that, and opens again from "Privacy choices". The SDK remembers the answer. */
export async function startConsentBanner() {
  const banner = find('#consent', HTMLElement);
  const opener = find('[data-privacy-choices]', HTMLButtonElement);
  const now = find('[data-consent-now]', HTMLElement, banner);
  /** Where the focus goes when the banner closes: back to what opened it. @type {HTMLElement} */
  let origin = find('#main', HTMLElement);

  let open = () => writeNote('Nothing to choose: no tracking is loaded on this page.');
  opener.addEventListener('click', () => open());

  const sluice = await loadedSluice;
  if (!sluice) return;

  const show = () => {
    now.textContent = sluice.consentState() === 'unknown' ? '' : describeTracking(sluice);
    banner.hidden = false;
    // The page must be able to scroll past the banner, so that it never covers what has the focus.
    document.documentElement.style.setProperty('--banner-height', `${banner.offsetHeight}px`);
  };
  const close = () => {
    banner.hidden = true;
    document.documentElement.style.removeProperty('--banner-height');
    origin.focus({ preventScroll: true });
  };
  /** @param {boolean} marketing */
  const decide = (marketing) => {
    chooseTracking(marketing);
    close();
  };

  find('[data-testid=consent-accept]', HTMLButtonElement, banner).addEventListener('click', () => decide(true));
  find('[data-testid=consent-refuse]', HTMLButtonElement, banner).addEventListener('click', () => decide(false));
  banner.addEventListener('keydown', ({ key }) => {
    // Only a choice made before can be left as it is; the first question stays until it is answered.
    if (key === 'Escape' && sluice.consentState() !== 'unknown') close();
  });
  open = () => {
    origin = opener;
    writeNote('');
    show();
    banner.focus({ preventScroll: true });
  };
  document.addEventListener('consent-decided', () => announce(describeTracking(sluice)));
  if (sluice.consentState() === 'unknown') show();
}

/** @param {string} text */
function writeNote(text) {
  find('[data-privacy-note]', HTMLElement).textContent = text;
}
