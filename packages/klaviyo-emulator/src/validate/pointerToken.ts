/** One step of a JSON pointer: RFC 6901 escapes `~` and `/` inside a key. */
export function pointerToken(key: string): string {
  // Asked for every key of every body, and hardly any has one.
  if (!key.includes('~') && !key.includes('/')) return key;
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
