/** What could not be stored, for as long as the page lives. */
const memory = new Map();

/**
 * Reads from the browser's storage. Blocked storage (private windows, embedded pages) reads as empty.
 * @param {string} key
 * @returns {string | null}
 */
export function readText(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * Writes to the browser's storage, or keeps the text in memory where storage is blocked or full.
 * @param {string} key
 * @param {string} text
 */
export function writeText(key, text) {
  try {
    localStorage.setItem(key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text);
  }
}
