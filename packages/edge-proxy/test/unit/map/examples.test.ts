import { mappingExamples } from '@sluice/shared/examples';
import { describe, expect, it } from 'vitest';
import { storeItem } from '../../../src/deliver/storedItem.ts';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { loadContract } from '../contract/support/loadContract.ts';
import { callsOf } from '../deliver/support/callsOf.ts';
import { accept } from './support/accept.ts';
import { makeSettings } from './support/settings.ts';
import { toExample } from './support/toExample.ts';

const contract = loadContract();

describe('the examples of the contract', () => {
  it.each(mappingExamples)('$title', ({ in: message, from, config, out }) => {
    const items = mapEvent(accept(message), makeSettings({ trusted: from === 'server', ...config }));
    const wrong = callsOf(items.map(storeItem)).flatMap(
      ({ operation, body }) => contract?.request(operation, body) ?? [],
    );
    expect([items.map(toExample), wrong]).toEqual([out, []]);
  });

  it('have a title and a message id of their own each', () => {
    const titles = mappingExamples.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });

  it('are at least 80', () => {
    expect(mappingExamples.length).toBeGreaterThanOrEqual(80);
  });
});
