import { inShop, type Shop } from '../support/inShop.ts';
import type { Off, Rule } from './Rule.ts';
import { without } from './without.ts';

const LOST = 'losesReserved(world, account, { ...noted, email: entry.attributes.email })';

const jobs: [detail: string, start: (shop: Shop) => Promise<unknown>, off: Off][] = [
  ['subscription', ({ subscribe }) => subscribe('SINGLE'), without('state/subscribe.ts', LOST, 'false')],
  ['unsubscription', ({ unsubscribe }) => unsubscribe(), without('state/unsubscribe.ts', LOST, 'false')],
  [
    'suppression',
    ({ suppress }) => suppress('ada@test.com'),
    without('state/runSuppressionTask.ts', 'losesReserved(world, account, { ...noted, email })', 'false'),
  ],
];

/** Events, profiles and imports at such domains have their rows beside the others of theirs. */
export const RESERVED_RULES: Rule[] = jobs.map(([detail, start, off]) => ({
  rule: `with dropReservedDomains a ${detail} of an address at example.com or test.com is lost, and noted`,
  scene: inShop(
    async (shop) => {
      await start(shop);
      const { dropped, profiles } = shop.emulator.state();
      return [profiles.length, dropped.map((row) => `${row.what} ${row.reason} ${row.detail}`)];
    },
    { dropReservedDomains: true },
  ),
  seen: [0, [`profile reserved_domain ${detail}`]],
  off,
}));
