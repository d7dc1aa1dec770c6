import type { World } from './types.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

// Digits taken at once, as a number: 62 ** 8 is below 2 ** 53, and BigInts are slow.
const GROUP_DIGITS = 8;

function digits(value: bigint, alphabet: string, length: number): string {
  const base = alphabet.length;
  const group = BigInt(base ** GROUP_DIGITS);
  let rest = value;
  let text = '';
  while (text.length < length) {
    let part = Number(rest % group);
    rest /= group;
    for (let left = Math.min(GROUP_DIGITS, length - text.length); left > 0; left--) {
      text = alphabet.charAt(part % base) + text;
      part = Math.floor(part / base);
    }
  }
  return text;
}

// The golden ratio in 128 bits, prime to 32, 16 and 62: ids look mixed, and no number comes twice.
const FACTOR = 0x9e3779b97f4a7c15f39cc0605cedc835n;
const scramble = (sequence: number, space: bigint) => (BigInt(sequence) * FACTOR) % space;

/** 26 characters like Klaviyo's profile ids (ULIDs): time first, so they sort by creation. */
export function makeProfileId(world: World, nowMs: number): string {
  world.sequence += 1;
  return digits(BigInt(nowMs), CROCKFORD, 10) + digits(scramble(world.sequence, 32n ** 16n), CROCKFORD, 16);
}

export const EVENT_ID_CHARS = 11;

/** Short ids: 6 characters for lists and metrics, 11 for events. */
export function makeShortId(world: World, length: number): string {
  world.sequence += 1;
  return digits(scramble(world.sequence, 62n ** BigInt(length)), LETTERS, length);
}

/** Looks like the version 1 UUIDs of Klaviyo's events. */
export function makeUuid(world: World, nowMs: number): string {
  world.sequence += 1;
  const time = nowMs.toString(16).padStart(12, '0');
  const rest = scramble(world.sequence, 16n ** 15n)
    .toString(16)
    .padStart(15, '0');
  return `${time.slice(4)}-${time.slice(0, 4)}-1${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(3)}`;
}
