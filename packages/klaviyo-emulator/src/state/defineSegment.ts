import type { SegmentOptions } from '../options.ts';
import { parseWhere } from '../read/parseWhere.ts';
import type { Account } from './types.ts';

export type Defined = { ok: true } | { ok: false; detail: string };

/** Adds a segment, or replaces the one with this id: whoever still belongs keeps the time of joining. */
export function defineSegment(account: Account, { id, name, where = '' }: SegmentOptions, nowMs: number): Defined {
  const parsed = parseWhere(where);
  if (!parsed.ok) return { ok: false, detail: `'where' of segment ${id}: ${parsed.detail}` };
  const known = account.segments.get(id);
  const createdMs = known?.createdMs ?? nowMs;
  account.segments.set(id, { id, name, where, createdMs, updatedMs: nowMs, members: known?.members ?? new Map() });
  return { ok: true };
}
