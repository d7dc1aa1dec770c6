import { loadedSluice } from './loadSluice.js';

/**
 * Ends all marketing of these channels to an address. The answer is the same whether anybody had it.
 * @param {import('@sluice/browser').UnsubscribeRequest} request
 * @returns {Promise<import('./subscribe.js').SignUp>}
 */
export async function unsubscribe(request) {
  const sluice = await loadedSluice;
  return sluice ? sluice.unsubscribe(request) : { ok: false, code: 'unreachable' };
}
