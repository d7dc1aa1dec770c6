import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyStep, Shop } from './support/Shop.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';

it('no order of identify, reset, alias and track puts an event under the address of another than who was there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 60 }), async (steps) => {
      const shop = new Shop();
      for (const step of steps) await shop.do(step);
      await shop.do({ do: 'collect', pick: 0, all: true });
      await shop.do({ do: 'freeze' });
      expect(shop.misattributed()).toEqual([]);
    }),
    { numRuns: LONG ? 5000 : 300, seed: 20261123 },
  );
});

it('who came back to a known visit, or was aliased to a user, is found', async () => {
  const shop = new Shop();
  await shop.do({ do: 'track', device: 0 });
  await shop.do({ do: 'identify', device: 0, person: 0, by: 'email' });
  await shop.do({ do: 'report', person: 0 });
  await shop.do({ do: 'collect', pick: 0, all: true });
  await shop.do({ do: 'reset', device: 0 });
  await shop.do({ do: 'track', device: 0 });
  await shop.do({ do: 'alias', device: 0, person: 0, by: 'userId' });
  await shop.do({ do: 'collect', pick: 0, all: true });
  await shop.do({ do: 'reset', device: 0 });
  await shop.do({ do: 'track', device: 0 });
  await shop.do({ do: 'collect', pick: 0, all: true });
  await shop.do({ do: 'freeze' });
  expect(shop.attributed()).toEqual({ 'person-0@example.com': 3, nobody: 1 });
});
