/** @typedef {typeof import('@sluice/browser')} Script the global that the script defines; of it this shop uses createSluice */

/** Asked for once: whoever waits for it later waits for no task, so that a page about to be left still hands over. */
const loadedConfig = import('/config.js').then(({ config }) => config);

/**
 * The SDK, or nothing. Neither the script nor the import is one that the page's modules depend on: what fails there (a
 * blocker, a proxy that is down) would take the whole module graph of the page with it, and so the cart.
 * @type {Promise<import('@sluice/browser').Sluice | null>}
 */
export const loadedSluice = load();

export const readConfig = () => loadedConfig;

/** @returns {Promise<string>} the newsletter's list; empty when none is set */
export async function readListId() {
  try {
    return (await loadedConfig).listId;
  } catch {
    return '';
  }
}

async function load() {
  try {
    const { writeKey, endpoint } = await loadedConfig;
    const { createSluice } = await loadScript(`${endpoint}/sluice.js`);
    return createSluice({ writeKey, endpoint });
  } catch (error) {
    console.warn('The shop runs without Sluice:', error);
    return null;
  }
}

/**
 * @param {string} src
 * @returns {Promise<Script>}
 */
async function loadScript(src) {
  const script = document.createElement('script');
  // As the preload in the page's head asks for it.
  script.crossOrigin = 'anonymous';
  script.src = src;
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} did not load`));
    document.head.append(script);
  });
  return /** @type {Window & { sluice: Script }} */ (/** @type {unknown} */ (window)).sluice;
}
