import type { EventGroup } from '../wire.ts';
import { applyProfile } from './applyProfile.ts';
import { isReservedAddress } from './isReservedAddress.ts';
import { keepValidPhone } from './keepValidPhone.ts';
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
    const lost = (reason: 'reserved_domain' | 'unknown_profile_id' | 'duplicate', detail: string) =>
      noteDropped(account, { atMs: request.nowMs, what: 'event', reason, detail });
    if (world.settings.dropReservedDomains && isReservedAddress(about.email)) {
      lost('reserved_domain', `${attributes.events.data.length} events`);
      continue;
    }
    const identifiers = { ...about, id: data.id };
    const profile = resolveForEvent(world, account, { identifiers, nowMs: request.nowMs });
    if (!profile) {
      lost('unknown_profile_id', `${attributes.events.data.length} events for ${data.id}`);
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
