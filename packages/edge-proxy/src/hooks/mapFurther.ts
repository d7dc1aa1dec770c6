import { MAX_EVENT_NAME_LENGTH } from '@sluice/shared';
import { capProperties } from '../map/clean/capProperties.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import type { EventItem, Item } from '../map/item.ts';
import { readCurrency } from '../map/read/readCurrency.ts';
import { readMoney } from '../map/read/readMoney.ts';
import type { HookEvent, Hooks, MappedEvent } from './hooks.ts';
import { logHookDefect } from './logHookDefect.ts';
import { toProperties } from './toProperties.ts';

/** Gives each Klaviyo event of a message the form that the shop wants. Profiles and the rest stay as they are. */
export function mapFurther(items: Item[], event: HookEvent, { map }: Hooks): Item[] {
  if (!map) return items;
  return items.flatMap<Item>((item) => (item.lane === 'events' ? reshape(item, event, map) : [item]));
}

function reshape(item: EventItem, event: HookEvent, map: NonNullable<Hooks['map']>): EventItem[] {
  const { metric, value, currency, properties } = item;
  try {
    const mapped = map(
      dropUndefined<MappedEvent>({ metric, value, currency, properties: structuredClone(properties) }),
      structuredClone(event),
    );
    return mapped === null ? [] : [withForm(item, mapped)];
  } catch (error) {
    logHookDefect('map', error);
    return [item];
  }
}

/** Only what a hook may change is taken from it: the ids are what keeps a retry from counting twice. */
function withForm(item: EventItem, mapped: MappedEvent): EventItem {
  const metric = mapped.metric.trim().toWellFormed();
  if (metric === '' || metric.length > MAX_EVENT_NAME_LENGTH) throw new RangeError('a metric has 1 to 127 characters');
  const value = readMoney(mapped.value);
  return dropUndefined<EventItem>({
    ...item,
    metric,
    value,
    currency: value === undefined ? undefined : readCurrency(mapped.currency),
    properties: capProperties(toProperties(mapped.properties)),
  });
}
