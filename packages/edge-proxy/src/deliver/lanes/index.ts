import type { LaneName } from '../../map/item.ts';
import type { Lane } from '../lane.ts';
import { erase } from './erase.ts';
import { events } from './events.ts';
import { members } from './members.ts';
import { profile } from './profile.ts';
import { profiles } from './profiles.ts';
import { subscribe } from './subscribe.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Every lane, in order of priority. Rows carry their lane's name, so a lane is only handed items of its own kind. */
export const LANES: Readonly<Record<LaneName, Lane>> = {
  unsubscribe,
  erase,
  subscribe,
  profile,
  profiles,
  events,
  members,
};

/** The lane of that name. */
export function laneOf(name: LaneName): Lane {
  return LANES[name];
}
