/**
 * The SDK, or nothing. Both imports are dynamic, because a static one that fails (a blocker, a proxy that is down)
 * would take the whole module graph of the page with it, and so the cart.
 * @type {Promise<import('@sluice/browser').Sluice | null>}
 */
export const loadedSluice = load();

/** @returns {Promise<string>} the newsletter's list; empty when none is set */
export async function readListId() {
  try {
    return (await import('/config.js')).config.listId;
  } catch {
    return '';
  }
}

async function load() {
  try {
    const [{ config }, { createSluice }] = await Promise.all([import('/config.js'), import('/sluice.js')]);
    return createSluice({ writeKey: config.writeKey, endpoint: config.endpoint });
  } catch (error) {
    console.warn('The shop runs without Sluice:', error);
    return null;
  }
}
