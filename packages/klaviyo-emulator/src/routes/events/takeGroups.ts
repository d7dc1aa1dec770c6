import { type Answer, accepted, type Call } from '../../http/Call.ts';
import { refuseBody } from '../../http/problem.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import type { EventGroup } from '../../wire.ts';
import { findRepeats } from './findRepeats.ts';
import { isUnknownExchangeId } from './isUnknownExchangeId.ts';

/** Accepts checked groups of events, or refuses all of them; `pointerTo` says where a group's attributes are. */
export function takeGroups(call: Call, groups: EventGroup[], pointerTo: (group: number) => string): Answer {
  const { world, account, nowMs } = call;
  const badExchangeIds = groups.flatMap(({ attributes }, index) =>
    isUnknownExchangeId(account, attributes.profile.data)
      ? [{ pointer: `${pointerTo(index)}/profile/data/attributes/_kx`, detail: 'Invalid or expired exchange id.' }]
      : [],
  );
  // The spec says a repeated unique_id fails the whole request, the guide says repeats are discarded: a setting.
  const repeats = world.settings.assume.bulkDuplicates === 'reject' ? findRepeats(account, groups) : [];
  const issues = [
    ...badExchangeIds,
    ...repeats.map(({ group, event }) => ({
      pointer: `${pointerTo(group)}/events/data/${event}/attributes/unique_id`,
      detail: 'The unique_id is repeated for the same profile and metric. No events were processed.',
    })),
  ];
  if (issues.length > 0) return refuseBody(issues);
  const dueMs = visibleAt(world, nowMs);
  schedule(world, account, { work: { kind: 'events', receivedMs: nowMs, groups }, dueMs });
  return accepted();
}
