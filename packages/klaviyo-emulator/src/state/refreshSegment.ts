import { parseWhere } from '../read/parseWhere.ts';
import type { Account, Segment, World } from './types.ts';

/**
 * Works out who belongs to a segment now: newcomers join at this moment, who no longer matches leaves. Called by
 * whatever reads a segment, since nothing runs between requests.
 */
export function refreshSegment(
  world: World,
  account: Account,
  { segment, nowMs }: { segment: Segment; nowMs: number },
): Segment {
  const { members } = segment;
  const matcher = parseWhere(segment.where);
  if (!matcher.ok) throw new Error(`Segment ${segment.id} was defined with a wrong 'where': ${matcher.detail}`);
  const belongs = new Set([...account.profiles.values()].filter(matcher.matches).map(({ id }) => id));
  const left = [...members.keys()].filter((id) => !belongs.has(id));
  const joined = [...belongs].filter((id) => !members.has(id));
  for (const id of left) members.delete(id);
  for (const id of joined) members.set(id, nowMs);
  if (left.length + joined.length > 0) world.version += 1;
  return segment;
}
