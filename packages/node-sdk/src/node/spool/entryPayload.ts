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

/** Undefined for what a later version may have written: in a batch, one text that is no JSON would cost all others. */
export function readPayload(payload: string): Payload | undefined {
  const [, sign = '', index, text = ''] = /^(.)(\d*) ?(.*)$/s.exec(payload) ?? [];
  const value = tryParse(text);
  if (sign === '-') return Array.isArray(value) && value.every(Array.isArray) ? { settled: value as Run[] } : undefined;
  const kind = KINDS.get(sign);
  if (kind === undefined || !index || !text.startsWith('{') || value === undefined) return undefined;
  return { kind, index: Number(index), text };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
