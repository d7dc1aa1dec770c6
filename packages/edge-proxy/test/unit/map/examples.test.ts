import { type ExampleItem, mappingExamples } from '@sluice/shared/examples';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/map/item.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { accept } from './support/accept.ts';
import { makeSettings } from './support/settings.ts';

describe('the examples of the contract', () => {
  it.each(mappingExamples)('$title', ({ in: message, from, config, out }) => {
    const settings = makeSettings({ trusted: from === 'server', ...config });
    expect(mapEvent(accept(message), settings).map(toExample)).toEqual(out);
  });

  it('have a title of their own each', () => {
    const titles = mappingExamples.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });
});

function toExample(item: Item): ExampleItem {
  if (item.lane === 'profiles') return { profile: item.who, attributes: JSON.parse(JSON.stringify(item.attributes)) };
  if (item.lane !== 'events') throw new Error('a message of the Segment specification is an event or a profile');
  const { metric, uniqueId, value, currency, who, properties } = item;
  return {
    metric,
    unique_id: uniqueId,
    ...(value !== undefined && { value }),
    ...(currency !== undefined && { currency }),
    profile: who,
    properties,
  };
}
