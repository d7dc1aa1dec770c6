/** Length of a text in UTF-8 bytes, which is what travels. */
export function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
