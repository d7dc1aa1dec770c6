import type { EventGroup } from '../wire.ts';
import { applyProfile } from './applyProfile.ts';
import { keepValidPhone } from './keepValidPhone.ts';
import { losesReserved } from './losesReserved.ts';
import { noteDropped } from './noteDropped.ts';
import { recordEvent } from './recordEvent.ts';
import { resolveForEvent } from './resolveForEvent.ts';
import type { Account, World } from './types.ts';

/** Turns accepted events into stored ones; what Klaviyo would lose silently goes to `dropped`. */
export function runEventsTask(
  world: World,
  account: Account,
  request: { groups: EventGroup[]; receivedMs: number; nowMs: number },
): void {
  for (const { attributes } of request.groups) {
    const { data } = attributes.profile;
    const about = keepValidPhone(data.attributes);
    const noted = { atMs: request.nowMs, what: 'event' } as const;
    const lost = (reason: 'unknown_profile_id' | 'duplicate', detail: string) =>
      noteDropped(account, { ...noted, reason, detail });
    const detail = `${attributes.events.data.length} events`;
    if (losesReserved(world, account, { ...noted, email: about.email, detail })) continue;
    const identifiers = { ...about, id: data.id };
    const profile = resolveForEvent(world, account, { identifiers, nowMs: request.nowMs });
    if (!profile) {
      lost('unknown_profile_id', `${detail} for ${data.id}`);
      continue;
    }
    applyProfile(profile, { attributes: about, meta: data.meta ?? about.meta, nowMs: request.nowMs });
    for (const event of attributes.events.data) {
      const backfill = attributes.backfill ?? false;
      const { receivedMs } = request;
      const stored = recordEvent(world, account, { profile, event: event.attributes, receivedMs, backfill });
      if (!stored)
        lost('duplicate', `${event.attributes.metric.data.attributes.name} ${event.attributes.unique_id ?? ''}`);
    }
  }
}
