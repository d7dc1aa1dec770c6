import type { LaneName } from '../../map/item.ts';
import type { Lane } from '../lane.ts';
import { events } from './events.ts';
import { profiles } from './profiles.ts';
import { subscribe } from './subscribe.ts';

/** Every lane, in order of priority. Rows carry their lane's name, so a lane is only handed items of its own kind. */
export const LANES: Readonly<Record<LaneName, Lane>> = { subscribe, profiles, events };

/** The lane of that name. */
export function laneOf(name: LaneName): Lane {
  return LANES[name];
}
