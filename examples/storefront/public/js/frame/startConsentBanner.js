import { hasPrivacyControl } from '../analytics/hasPrivacyControl.js';
import { loadedSluice } from '../analytics/loadSluice.js';
import { announce } from '../announce.js';
import { find } from '../find.js';

const STATES = {
  granted: 'You accepted: the shop sends what you look at and buy.',
  denied: 'You refused: the shop sends nothing about your visit.',
  unknown: '',
};
const PRIVACY_CONTROL =
  'Your browser asks shops not to track you (Global Privacy Control), so the shop sends nothing about your visit.';

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
    now.textContent = describeState(sluice);
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
    sluice.consent({ marketing });
    document.dispatchEvent(new Event('consent-decided'));
    close();
    announce(describeState(sluice));
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
  if (sluice.consentState() === 'unknown') show();
}

/** @param {import('@sluice/browser').Sluice} sluice */
function describeState(sluice) {
  return hasPrivacyControl() ? PRIVACY_CONTROL : STATES[sluice.consentState()];
}

/** @param {string} text */
function writeNote(text) {
  find('[data-privacy-note]', HTMLElement).textContent = text;
}
