import type { EventItem, ProfileItem, SubscribeItem } from '../../../../src/map/item.ts';

export const receivedAtMs = Date.UTC(2026, 10, 1, 12);

/** A page's event of a known person, changed where a test says so. */
export function eventItem(id: string, change: Partial<EventItem> = {}): EventItem {
  return {
    lane: 'events',
    id: `${id}#Viewed Product`,
    who: { email: 'ada@example.com', anonymous_id: 'anon-1' },
    purpose: 'tracking',
    receivedAtMs,
    metric: 'Viewed Product',
    kind: 'Viewed Product',
    uniqueId: id,
    timeMs: receivedAtMs,
    properties: {},
    ...change,
  };
}

export function profileItem(id: string, change: Partial<ProfileItem> = {}): ProfileItem {
  return {
    lane: 'profiles',
    id: `${id}#profile`,
    who: { email: 'ada@example.com' },
    purpose: 'tracking',
    receivedAtMs,
    attributes: { first_name: id },
    ...change,
  };
}

export function subscribeItem(id: string, change: Partial<SubscribeItem> = {}): SubscribeItem {
  return {
    lane: 'subscribe',
    id: `${id}#subscribe:DEMO01`,
    who: { email: 'ada@example.com' },
    purpose: 'marketing',
    receivedAtMs,
    channels: ['email'],
    list: 'DEMO01',
    decidedAtMs: receivedAtMs,
    ...change,
  };
}
