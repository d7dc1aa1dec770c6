import { loadedSluice, readListId } from './loadSluice.js';

/** @typedef {import('@sluice/browser').SubscribeResult} SubscribeResult */
/** @typedef {SubscribeResult | { ok: false, code: 'no_list' | 'unreachable' }} SignUp */

/**
 * Signs an address up: an e-mail address for letters, a number for text messages, each a consent of its own. The consent text on the page is the evidence, to the letter.
 * @param {{ email: string } | { phone: string }} address
 * @param {HTMLElement} consentText element with the text that the person read, and its version in `data-version`
 * @returns {Promise<SignUp>}
 */
export async function subscribe(address, consentText) {
  const [sluice, listId] = await Promise.all([loadedSluice, readListId()]);
  if (!sluice) return { ok: false, code: 'unreachable' };
  if (!listId) return { ok: false, code: 'no_list' };
  return sluice.subscribe({ ...address, lists: [listId], evidence: describeEvidence(consentText) });
}

/** @param {HTMLElement} consentText */
function describeEvidence({ textContent, dataset }) {
  return { formText: (textContent ?? '').replace(/\s+/g, ' ').trim(), formVersion: dataset.version ?? 'unknown' };
}
