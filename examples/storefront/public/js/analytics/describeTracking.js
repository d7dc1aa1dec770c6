import { hasPrivacyControl } from './hasPrivacyControl.js';

const STATES = {
  granted: 'You accepted: the shop sends what you look at and buy.',
  denied: 'You refused: the shop sends nothing about your visit.',
  unknown: 'You have not chosen: the shop sends nothing about your visit.',
};
const PRIVACY_CONTROL =
  'Your browser asks shops not to track you (Global Privacy Control), so the shop sends nothing about your visit.';

/**
 * What this browser has decided, which is nobody else's word.
 * @param {import('@sluice/browser').Sluice | null} sluice
 */
export function describeTracking(sluice) {
  if (!sluice) return 'no tracking is loaded.';
  return hasPrivacyControl() ? PRIVACY_CONTROL : STATES[sluice.consentState()];
}
