import { laneOf } from '../../../../src/deliver/lanes/index.ts';
import type { StoredItem } from '../../../../src/deliver/storedItem.ts';
import type { Operation } from '../../../../src/klaviyo/operations.ts';
import { delivery } from './delivery.ts';
import { receivedAtMs } from './items.ts';

/** The calls that items make when all of them leave at once, each with its operation. */
export function callsOf(items: readonly StoredItem[]): { operation: Operation; body: unknown }[] {
  const groups = Map.groupBy(items, (item) => `${item.lane} ${laneOf(item.lane).groupKey(item)}`);
  return [...groups.values()].flatMap((group) => {
    const lane = laneOf((group[0] as StoredItem).lane);
    return (lane.divide?.(group) ?? [group]).map((call) => {
      const run = call[0] && lane.runKey ? lane.runKey(call[0]) : '';
      const profileIds = lane.lookUp?.(run) && ['01HX', '01HY'];
      const context = { nowMs: receivedAtMs, delivery, ...(profileIds && { profileIds }) };
      return { operation: lane.operation(run), body: JSON.parse(lane.build(call, context)) };
    });
  });
}
