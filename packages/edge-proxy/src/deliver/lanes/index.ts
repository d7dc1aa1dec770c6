import type { Item, LaneName } from '../../map/item.ts';
import type { Lane } from '../lane.ts';
import { events } from './events.ts';
import { profiles } from './profiles.ts';
import { subscribe } from './subscribe.ts';

/** Every lane, in order of priority. */
export const LANES: readonly Lane[] = [widen(subscribe), widen(profiles), widen(events)];

/** The lane of that name. */
export function laneOf(name: LaneName): Lane {
  const lane = LANES.find((candidate) => candidate.name === name);
  if (!lane) throw new Error(`no lane is named ${name}`);
  return lane;
}

/** Rows carry their lane's name, so a lane is only ever handed items of its own kind. */
function widen<I extends Item>(lane: Lane<I>): Lane {
  return lane as unknown as Lane;
}
