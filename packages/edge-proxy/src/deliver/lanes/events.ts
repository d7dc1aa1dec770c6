import { CART_METRICS, ORDER_METRICS } from '@sluice/shared';
import type { WireEvent, WireEventGroup } from '../../klaviyo/wire.ts';
import { type BuildContext, keyPart, type Lane, profileKey } from '../lane.ts';
import { MAX_CONNECTIONS, MAX_EVENTS_PER_CALL } from '../limits.ts';
import { isMerge, MERGES_GROUP } from '../Merges.ts';
import type { StoredEvent } from '../storedItem.ts';

/** Klaviyo events, a thousand a call, grouped by profile in the order in which the profiles first appear. */
export const events: Lane<StoredEvent> = {
  name: 'events',
  priority: 60,
  operation: () => 'bulk_create_events',
  consent: false,
  withdraws: false,
  waits: true,
  maxItems: MAX_EVENTS_PER_CALL,
  maxInFlight: MAX_CONNECTIONS,
  settles: false,
  groupKey(item) {
    if (isMerge(item)) return MERGES_GROUP;
    return ORDER_METRICS.has(item.kind) ? 'orders' : CART_METRICS.has(item.kind) ? 'carts' : 'views';
  },
  // Past Klaviyo's speed the backlog grows: an order must not stand behind an hour of page views.
  shares: { orders: 70, carts: 20, views: 10 },
  repeatKey: (item) => keyPart(item.metric) + keyPart(item.uniqueId) + profileKey(item),
  build(items, context) {
    const groups = Array.from(Map.groupBy(items, profileKey).values(), (group) => writeGroup(group, context));
    return `{"data":{"type":"event-bulk-create-job","attributes":{"events-bulk-create":{"data":[${groups.join(',')}]}}}}`;
  },
  locator(items) {
    const groups = [...Map.groupBy(items.keys(), (index) => profileKey(items[index] as StoredEvent)).values()];
    return (pointer) => {
      const match = /\/events-bulk-create\/data\/(\d+)(?:.*?\/events\/data\/(\d+))?/.exec(pointer);
      const group = match ? groups[Number(match[1])] : undefined;
      if (!group) return [];
      if (match?.[2] === undefined) return group;
      const index = group[Number(match[2])];
      return index === undefined ? [] : [index];
    };
  },
};

/** A `WireEventGroup` as JSON, put together as text, since properties are text already. */
function writeGroup(items: StoredEvent[], context: BuildContext): string {
  const latest = items.at(-1);
  const location = items.findLast((item) => item.location)?.location;
  const profile: WireEventGroup['attributes']['profile'] = {
    data: { type: 'profile', attributes: { ...latest?.who, ...(location ? { location } : {}) } },
  };
  // Not joined: that would copy the whole text here, and the call's once more.
  const events = items.map((item) => writeEvent(item, context)).reduce((all, event) => `${all},${event}`);
  return `{"type":"event-bulk-create","attributes":{"profile":${JSON.stringify(profile)},"events":{"data":[${events}]}}}`;
}

/** A `WireEvent` as JSON. */
function writeEvent(item: StoredEvent, { nowMs, delivery }: BuildContext): string {
  const { backfillAfterMinutes } = delivery;
  const backfillAfter = backfillAfterMinutes[item.kind] ?? backfillAfterMinutes.default ?? Number.POSITIVE_INFINITY;
  const attributes: Omit<WireEvent['attributes'], 'properties'> = {
    metric: { data: { type: 'metric', attributes: { name: item.metric } } },
    time: new Date(item.timeMs).toISOString(),
    unique_id: item.uniqueId,
  };
  if (item.value !== undefined) attributes.value = item.value;
  if (item.currency !== undefined) attributes.value_currency = item.currency;
  // A drained outage must not mail yesterday's carts.
  if (nowMs - item.timeMs > backfillAfter * 60_000) attributes.backfill = true;
  return `{"type":"event","attributes":{"properties":${item.properties},${JSON.stringify(attributes).slice(1)}}`;
}
