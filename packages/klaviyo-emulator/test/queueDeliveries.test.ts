import { expect, test } from 'vitest';
import { MAX_WAITING_DELIVERIES } from '../src/limits.ts';
import { DEMO_ACCOUNT, decideSettings } from '../src/options.ts';
import { createProfile } from '../src/state/createProfile.ts';
import { createWorld } from '../src/state/createWorld.ts';
import { recordEvent } from '../src/state/recordEvent.ts';
import type { Delivery, Webhook } from '../src/state/types.ts';
import { listOwed } from '../src/webhooks/listOwed.ts';
import { START_MS } from './support/createTestEmulator.ts';
import { VIEWED } from './support/webhooks.ts';

const WEBHOOKS = 10;
const EVENTS = 3 * MAX_WAITING_DELIVERIES;

/** Counts what is looked at, one by one, in itself and in what it is filtered to. */
class Counted extends Array<Delivery> {
  static looks = 0;
  override filter(test: (each: Delivery, at: number, all: Delivery[]) => unknown): Delivery[] {
    Counted.looks += this.length;
    return super.filter(test);
  }
}

const webhook = (id: string): Webhook => ({
  id,
  name: id,
  description: null,
  endpointUrl: 'https://shop.example.com/hook',
  secretKey: 'sixteen-or-longer',
  enabled: true,
  topics: [VIEWED],
  createdMs: START_MS,
  updatedMs: START_MS,
  failing: null,
});

test('an event costs ten failing webhooks the same, however much they are owed', () => {
  const world = createWorld({ accounts: [DEMO_ACCOUNT], settings: decideSettings({}), nowMs: START_MS });
  const account = [...world.accounts.values()][0];
  if (!account) throw new Error('A world without accounts.');
  account.deliveries = new Counted();
  for (let index = 0; index < WEBHOOKS; index++) account.webhooks.set(`W${index}`, webhook(`W${index}`));
  const profile = createProfile(world, account, START_MS);
  const metric = { data: { attributes: { name: 'Viewed Product' } } };
  for (let index = 0; index < EVENTS; index++) {
    const event = { properties: {}, unique_id: `o${index}`, metric };
    recordEvent(world, account, { profile, event, receivedMs: START_MS, backfill: false });
  }
  const looksPerDelivery = Counted.looks / (EVENTS * WEBHOOKS);
  const owed = [...account.webhooks.values()].map((each) => listOwed(account, each));
  const oldest = account.events.get(owed[0]?.[0]?.eventId ?? '')?.uniqueId;
  expect({
    cheap: Counted.looks > 0 && looksPerDelivery < 2 * (WEBHOOKS + 1),
    owed: owed.map(({ length }) => length),
    oldest,
    bounded: account.deliveries.length <= 2 * WEBHOOKS * MAX_WAITING_DELIVERIES,
  }).toEqual({
    cheap: true,
    owed: Array(WEBHOOKS).fill(MAX_WAITING_DELIVERIES),
    oldest: `o${EVENTS - MAX_WAITING_DELIVERIES}`,
    bounded: true,
  });
});
