import type { Emulator } from '../Emulator.ts';
import { statusOf } from '../present/presentJob.ts';
import { hashText } from '../rate/hashText.ts';
import type { World } from '../state/types.ts';

/** The ETag of what the page shows: cheap to make, and different whenever something but the time is. */
export function tagPage(world: World, emulator: Emulator): string {
  const { clock, faults } = emulator;
  // A job moves with the clock alone, and faults and limits are no part of the world: the version covers neither.
  const unfinished = [...world.accounts.values()].flatMap(({ jobs }) =>
    [...jobs.values()].map((job) => statusOf(job, clock.now())).filter((status) => status !== 'complete'),
  );
  const beside = JSON.stringify([unfinished, clock.isFrozen(), faults.remaining(), emulator.limits()]);
  return `"${world.version}-${emulator.requests().at(-1)?.id ?? 0}-${hashText(beside)}"`;
}
