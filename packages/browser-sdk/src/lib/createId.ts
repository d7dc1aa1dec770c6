/** 126 random bits as four numbers of ten digits. Not crypto.randomUUID: that is missing on pages over plain http. */
export function createId(): string {
  return crypto
    .getRandomValues(new Uint32Array(4))
    .map((n) => 1e9 + (n % 3e9))
    .join('');
}
