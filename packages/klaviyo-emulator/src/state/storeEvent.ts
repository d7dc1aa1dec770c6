import { queueDeliveries } from '../webhooks/queueDeliveries.ts';
import { eventKey } from './eventKey.ts';
import type { Account, Profile, StoredEvent } from './types.ts';

/** Puts an event where readers find it, and on its way to the webhooks that asked for its topic. */
export function storeEvent(account: Account, profile: Profile, event: StoredEvent): void {
  account.events.set(event.id, event);
  account.index.eventKeys.add(eventKey(event));
  const events = account.index.eventsOfProfile.get(profile.id) ?? new Set<string>();
  account.index.eventsOfProfile.set(profile.id, events.add(event.id));
  profile.lastEventMs = Math.max(profile.lastEventMs ?? 0, event.timeMs);
  queueDeliveries(account, event);
}
