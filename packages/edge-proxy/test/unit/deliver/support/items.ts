import type { StoredEvent } from '../../../../src/deliver/storedItem.ts';
import type {
  EraseItem,
  EventItem,
  MemberItem,
  ProfileItem,
  SingleProfileItem,
  SubscribeItem,
  UnsubscribeItem,
} from '../../../../src/map/item.ts';

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

/** The same as the outbox holds it. */
export function storedEvent(id: string, change: Partial<EventItem> = {}): StoredEvent {
  const item = eventItem(id, change);
  return { ...item, properties: JSON.stringify(item.properties) };
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

export function unsubscribeItem(id: string, change: Partial<UnsubscribeItem> = {}): UnsubscribeItem {
  return {
    lane: 'unsubscribe',
    id: `${id}#unsubscribe`,
    who: { email: 'ada@example.com' },
    purpose: 'marketing',
    receivedAtMs,
    channels: ['email'],
    decidedAtMs: receivedAtMs,
    ...change,
  };
}

export function eraseItem(id: string, change: Partial<EraseItem> = {}): EraseItem {
  return {
    lane: 'erase',
    id: `${id}#erase`,
    who: { email: 'ada@example.com' },
    purpose: 'transactional',
    receivedAtMs,
    ...change,
  };
}

export function singleItem(id: string, change: Partial<SingleProfileItem> = {}): SingleProfileItem {
  return { ...profileItem(id), lane: 'profile', ...change };
}

export function memberItem(id: string, change: Partial<MemberItem> = {}): MemberItem {
  return {
    lane: 'members',
    id: `${id}#add:DEMO01`,
    who: { email: 'ada@example.com' },
    purpose: 'tracking',
    receivedAtMs,
    action: 'add',
    list: 'DEMO01',
    ...change,
  };
}
