import { isoTime } from '../present/wireForms.ts';
import { refreshSegment } from './refreshSegment.ts';
import type { Account, World } from './types.ts';
import type { SegmentView } from './views.ts';

/** An account's segments with the members of this moment. */
export function describeSegments(world: World, account: Account, nowMs: number): SegmentView[] {
  return [...account.segments.values()].map((segment) => ({
    account: account.publicKey,
    id: segment.id,
    name: segment.name,
    where: segment.where,
    members: [...refreshSegment(world, account, { segment, nowMs }).members].map(([profile, joinedMs]) => ({
      profile,
      joined: isoTime(joinedMs),
    })),
  }));
}
