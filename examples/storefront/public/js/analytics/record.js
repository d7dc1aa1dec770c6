import { loadedSluice } from './loadSluice.js';

/** @typedef {import('@sluice/browser').Sluice} Sluice */

/** Told to the "What this shop sends" strip; a real shop has no need of it. */
export const recorded = new EventTarget();

/** All that was recorded so far on this page, handed to the SDK in order. */
let handedOver = Promise.resolve();

/** @param {string} name */
export function page(name) {
  record(`Page: ${name}`, (sluice) => sluice.page(name));
}

/**
 * @param {string} event a name of Segment's E-commerce Spec v2
 * @param {object} properties
 */
export function track(event, properties) {
  record(event, (sluice) => sluice.track(event, properties));
}

/** @param {import('@sluice/browser').Traits} traits */
export function identify(traits) {
  record('Identify', (sluice) => sluice.identify(traits));
}

/**
 * Waits until the SDK has what was recorded, but never longer than a customer would notice. It stores what it has,
 * so the page may be left before anything was sent.
 * @param {number} maxMs
 */
export function waitForHandOver(maxMs) {
  return Promise.race([handedOver, new Promise((resolve) => setTimeout(resolve, maxMs))]);
}

/**
 * @param {string} label
 * @param {(sluice: Sluice) => void} call
 */
function record(label, call) {
  const handOver = async () => {
    const sluice = await loadedSluice;
    if (!sluice) return;
    call(sluice);
    recorded.dispatchEvent(new CustomEvent('recorded', { detail: label }));
  };
  // Whatever goes wrong here is no reason to stop a sale.
  handedOver = handedOver.then(handOver).catch((error) => console.warn(`"${label}" was not recorded:`, error));
}
