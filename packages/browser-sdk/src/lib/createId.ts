/** 128 random bits in hexadecimal digits. Not crypto.randomUUID: that is missing on pages served over plain http. */
export function createId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (256 + byte).toString(16).slice(1)).join('');
}
