/** Keys through which an object of ours, or of whoever reads it next, could be given another prototype. */
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** False for keys that must not be copied from what a stranger sent. */
export function isSafeKey(key: string): boolean {
  return !PROTOTYPE_KEYS.has(key);
}
