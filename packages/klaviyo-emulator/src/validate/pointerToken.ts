/** One step of a JSON pointer: RFC 6901 escapes `~` and `/` inside a key. */
export function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
