import fc from 'fast-check';
import type { Item } from '../../../src/map/item.ts';
import { saveIdentities } from '../../../src/store/identities.ts';
import {
  eraseItem,
  eventItem,
  memberItem,
  profileItem,
  singleItem,
  subscribeItem,
  unsubscribeItem,
} from '../../unit/deliver/support/items.ts';
import type { Mishap } from './Network.ts';
import { type Simulation, START_MS } from './Simulation.ts';

/** One thing that may happen to a delivery. */
export type Command =
  | { do: 'accept'; message: number }
  | { do: 'mishaps'; mishaps: Mishap[] }
  | { do: 'identify'; visitor: number }
  | { do: 'crash' }
  | { do: 'crashAtWait'; wait: number }
  | { do: 'revokeKey' }
  | { do: 'restoreKey' }
  | { do: 'refuseFragile'; refuses: boolean }
  | { do: 'replay' }
  | { do: 'pass'; ms: number };

const MESSAGES = 40;
const VISITORS = 6;
const MISHAPS: Mishap[] = ['none', '429', '500', 'html403', 'hang', 'reset', 'lost', 'lostSilently'];

/** Messages are drawn from a small pool, so that they come twice and out of order. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('accept' as const), message: fc.nat(MESSAGES - 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('mishaps' as const),
      mishaps: fc.array(fc.constantFrom(...MISHAPS), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('identify' as const), visitor: fc.nat(VISITORS - 1) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'crash' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('crashAtWait' as const), wait: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'revokeKey' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restoreKey' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refuseFragile' as const), refuses: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ do: 'replay' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.oneof(fc.nat(100), fc.nat(3000), fc.nat(60_000), fc.nat(1_200_000)),
    }),
  },
);

export async function carryOut(simulation: Simulation, command: Command): Promise<void> {
  switch (command.do) {
    case 'accept':
      simulation.accept(itemsOf(command.message));
      break;
    case 'mishaps':
      simulation.network.mishaps.push(...command.mishaps);
      break;
    case 'identify':
      await saveIdentities(simulation.db, 'main', [identityOf(command.visitor)], simulation.time.nowMs);
      break;
    case 'crash':
      simulation.crash();
      break;
    case 'crashAtWait':
      simulation.crashAtWait(command.wait);
      break;
    case 'revokeKey':
      simulation.useKey('pk_revoked');
      break;
    case 'restoreKey':
      simulation.useKey('pk_emulator_demo');
      break;
    case 'refuseFragile':
      simulation.network.refusesFragile = command.refuses;
      break;
    case 'replay':
      simulation.replay();
      break;
    case 'pass':
      await simulation.pass(command.ms);
      break;
  }
}

const identityOf = (visitor: number) => ({
  kind: 'anonymous' as const,
  id: `anon-${visitor}`,
  email: `visitor-${visitor}@example.com`,
  phone: null,
});

/**
 * The items of one message, always the same: views of a visitor, an order reported by page and back end, what Klaviyo
 * may refuse, and something for each of the other lanes.
 */
export function itemsOf(message: number): Item[] {
  const visitor = message % VISITORS;
  const at = { receivedAtMs: START_MS, timeMs: START_MS - message * 1000 };
  const id = `m${message}`;
  if (message % 10 === 3) {
    // Page and back end report the same order, each under the identifier that it knows.
    const who = message % 20 === 3 ? { anonymous_id: `anon-${visitor}` } : { email: 'buyer@example.com' };
    const order = `order-${message % 2}`;
    return [
      eventItem(id, { ...at, who, metric: 'Placed Order', kind: 'Placed Order', uniqueId: order, urgent: true }),
      eventItem(id, { ...at, who, metric: 'Ordered Product', kind: 'Ordered Product', uniqueId: `${order}:sku` }),
    ];
  }
  // Klaviyo may refuse it for good, and later take it all the same.
  if (message % 10 === 9)
    return [eventItem(id, { ...at, who: { anonymous_id: `anon-${visitor}` }, metric: 'Fragile', kind: 'Fragile' })];
  // May go out, or turn out to be needless.
  if (message % 10 === 2) {
    const who = { anonymous_id: `anon-${visitor}`, email: `visitor-${visitor}@example.com` };
    return [
      eventItem(id, { ...at, who, metric: 'Identified', kind: 'Identified', merges: true }),
      eventItem(`${id}-0`, { ...at, who }),
    ];
  }
  const person = { receivedAtMs: START_MS, who: { email: `${id}@example.com` } };
  if (message % 20 === 1) return [memberItem(id, person)];
  if (message % 20 === 4) return [eraseItem(id, person)];
  if (message % 20 === 5) return [profileItem(id, person)];
  if (message % 20 === 11) return [unsubscribeItem(id, person)];
  if (message % 20 === 15) return [singleItem(id, person)];
  if (message % 10 === 7) return [subscribeItem(id, person)];
  return [0, 1, 2].map((part) => eventItem(`${id}-${part}`, { ...at, who: { anonymous_id: `anon-${visitor}` } }));
}
