/** 128 random bits in decimal digits. Not crypto.randomUUID: that is missing on pages over plain http. */
export const createId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('');
