import { loadedSluice, readConfig } from './loadSluice.js';

/**
 * Decides for this browser. The SDK acts on it at once; a refusal is told to the proxy too, which stops what it has taken
 * already and not passed on, of this visitor and of the addresses given. A grant is never recorded for an address: a form
 * cannot know whose it is.
 * @param {boolean} isAllowed
 * @param {{ email?: string, phone?: string }} [addresses]
 * @returns {Promise<import('./subscribe.js').SignUp>}
 */
export async function chooseTracking(isAllowed, { email, phone } = {}) {
  const sluice = await loadedSluice;
  if (!sluice) return { ok: false, code: 'unreachable' };
  // Known only while tracking is allowed, and forgotten by a refusal: so it is asked for first.
  const anonymousId = sluice.anonymousId();
  sluice.consent({ marketing: isAllowed });
  document.dispatchEvent(new Event('consent-decided'));
  const who = { ...(anonymousId && { anonymousId }), ...(email && { email }), ...(phone && { phone }) };
  return isAllowed || Object.keys(who).length === 0 ? { ok: true, status: 'accepted' } : refuse(who);
}

/**
 * @param {object} who
 * @returns {Promise<import('./subscribe.js').SignUp>}
 */
async function refuse(who) {
  try {
    const { endpoint, writeKey } = await readConfig();
    const body = JSON.stringify({ writeKey, ...who, consent: { categoryPreferences: { marketing: false } } });
    // It outlives the page. A text has no type that needs a preflight.
    const answer = await fetch(`${endpoint}/v1/consent`, { method: 'POST', body, keepalive: true });
    return answer.ok ? { ok: true, status: 'accepted' } : { ok: false, ...(await answer.json()).error };
  } catch {
    return { ok: false, code: 'unreachable' };
  }
}
