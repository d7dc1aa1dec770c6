import type { Kind } from '../../types.ts';

const LETTERS = { message: 'm', subscribe: 's', unsubscribe: 'u', consent: 'c' } as const satisfies Record<
  Kind,
  string
>;
const KINDS = new Map<string, Kind>(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind as Kind]));

/** Entries from..to (inclusive) of a segment. */
export type Run = [from: number, to: number];

export type Payload = { kind: Kind; index: number; text: string } | { settled: Run[] };

/** A kept entry. It carries its index, so that a damaged neighbour does not shift what "settled" means. */
export const writeEntry = (kind: Kind, index: number, text: string) => `${LETTERS[kind]}${index} ${text}`;

/** That entries were answered. */
export const writeSettled = (runs: readonly Run[]) => `-${JSON.stringify(runs)}`;

/** Undefined for what a later version may have written. */
export function readPayload(payload: string): Payload | undefined {
  if (payload[0] === '-') return { settled: JSON.parse(payload.slice(1)) };
  const kind = KINDS.get(payload[0] ?? '');
  const space = payload.indexOf(' ');
  if (kind === undefined || space < 0) return undefined;
  return { kind, index: Number(payload.slice(1, space)), text: payload.slice(space + 1) };
}
