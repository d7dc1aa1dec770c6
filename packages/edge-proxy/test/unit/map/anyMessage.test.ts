import { isJsonObject, type Json, MAX_EVENT_BYTES, MessageSchema } from '@sluice/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importable } from '../../../src/deliver/lanes/importRows.ts';
import { storeItem } from '../../../src/deliver/storedItem.ts';
import type { Item } from '../../../src/map/item.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { loadContract } from '../contract/support/loadContract.ts';
import { callsOf } from '../deliver/support/callsOf.ts';
import { accept } from './support/accept.ts';
import { anyMessage } from './support/anyMessage.ts';
import { makeSettings } from './support/settings.ts';

const contract = loadContract();
const numRuns = Number(process.env.SLUICE_FUZZ_RUNS ?? 1000);

const rules = [
  { when: 'Order Completed', where: [{ field: 'Items.SKU', op: 'contains' as const, value: 'A' }], addTo: 'LIST01' },
  { when: 'Ordered Product', where: [{ field: 'total', op: 'ne' as const, value: 1 }], addTo: 'LIST02' },
  { when: 'Viewed Page', addTo: 'LIST03' },
];
const change = fc.record({
  trusted: fc.boolean(),
  events: fc.record({ flatten: fc.boolean(), refundIds: fc.constantFrom('order' as const, 'refund' as const) }),
  rules: fc.constant(rules),
});

/** What the gate would refuse, or fails at Klaviyo for reasons that no schema knows. */
const isNamed = (item: Item) => Object.keys(item.lane === 'events' ? item.who : importable(item.who)).length > 0;

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function longestText(value: Json): number {
  if (typeof value === 'string')
    return value.isWellFormed() ? new TextEncoder().encode(value).length : Number.POSITIVE_INFINITY;
  if (typeof value !== 'object' || value === null) return 0;
  const keys = isJsonObject(value) ? Object.keys(value).map(longestText) : [];
  return Math.max(0, ...keys, ...Object.values(value).map(longestText));
}

/** Copies at the top and reports must not make much of a little. */
const isBloated = (item: Item) => JSON.stringify(item).length > 5 * MAX_EVENT_BYTES;

/** Klaviyo's limits, which its schema does not say. */
function overLimits(item: Item): string[] {
  if (item.lane !== 'events') return [];
  const { properties, metric, uniqueId, value } = item;
  return Object.entries({
    properties: Object.keys(properties).length > 400,
    depth: depthOf(properties) > 10,
    text: longestText(properties) > 100_000,
    reserved: Object.keys(properties).some((key) => key.startsWith('$') && key !== '$extra'),
    metric: metric === '' || metric.length > 127 || !metric.isWellFormed(),
    uniqueId: uniqueId === '' || uniqueId.length > 255 || !uniqueId.isWellFormed(),
    value: value !== undefined && !(value >= 0 && value <= 1e12),
  }).flatMap(([limit, isOver]) => (isOver ? [limit] : []));
}

describe('any message of the contract', () => {
  it(`becomes bodies that Klaviyo's schema takes, within its limits, under ids of their own (${numRuns} messages)`, () => {
    fc.assert(
      fc.property(anyMessage, change, (message, settings) => {
        if (!MessageSchema.safeParse(message).success) return;
        const items = mapEvent(accept(message), makeSettings(settings));
        const refused = callsOf(items.filter(isNamed).map(storeItem)).flatMap(
          ({ operation, body }) => contract?.request(operation, body) ?? [],
        );
        const ids = items.map(({ id }) => id);
        const grown = JSON.stringify(message).length > MAX_EVENT_BYTES ? [] : items.filter(isBloated);
        expect([refused, items.flatMap(overLimits), grown, ids]).toEqual([[], [], [], [...new Set(ids)]]);
      }),
      { numRuns },
    );
  }, 120_000);

  it('is accepted by the contract more often than not, so that the above says something', () => {
    const good = fc.sample(anyMessage, 500).filter((message) => MessageSchema.safeParse(message).success);
    expect(good.length).toBeGreaterThan(250);
  });
});
