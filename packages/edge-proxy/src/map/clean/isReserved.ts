/** Klaviyo reads `$` keys as its own commands (`$email` renames the person); `$extra` is plain data. */
export function isReserved(key: string): boolean {
  return key.startsWith('$') && key !== '$extra';
}
