/** No 0 and O, no 1 and I: people read order numbers aloud. 32 letters, so that a byte's low 5 bits pick one evenly. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 10;

/**
 * A new id such as `EW-7K3F9QX2MB`.
 * @param {string} prefix
 */
export function createId(prefix) {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return `${prefix}-${Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('')}`;
}
