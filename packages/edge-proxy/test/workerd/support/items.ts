import type { EventItem, ProfileItem, SubscribeItem } from '../../../src/map/item.ts';
import { START_MS } from './world.ts';

/** A page's event of its own visitor, as mapping makes it. */
export function eventItem(id: string, change: Partial<EventItem> = {}): EventItem {
  return {
    lane: 'events',
    id: `${id}#Ping`,
    who: { email: `${id}@example.com` },
    purpose: 'tracking',
    receivedAtMs: START_MS,
    metric: 'Ping',
    kind: 'Ping',
    uniqueId: id,
    timeMs: START_MS,
    properties: {},
    ...change,
  };
}

export function profileItem(id: string, change: Partial<ProfileItem> = {}): ProfileItem {
  return {
    lane: 'profiles',
    id: `${id}#profile`,
    who: { email: `${id}@example.com` },
    purpose: 'tracking',
    receivedAtMs: START_MS,
    attributes: { first_name: id },
    ...change,
  };
}

export function subscribeItem(id: string, change: Partial<SubscribeItem> = {}): SubscribeItem {
  return {
    lane: 'subscribe',
    id: `${id}#subscribe:DEMO01`,
    who: { email: `${id}@example.com` },
    purpose: 'marketing',
    receivedAtMs: START_MS,
    channels: ['email'],
    list: 'DEMO01',
    decidedAtMs: START_MS,
    ...change,
  };
}

export function many<T>(n: number, make: (id: string) => T, prefix = 'm'): T[] {
  return Array.from({ length: n }, (_, index) => make(`${prefix}${index}`));
}
