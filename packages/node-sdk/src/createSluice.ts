import type { AnyEvents } from '@sluice/shared/event-properties';
import { gzip } from './lib/gzip.ts';
import { startSluice } from './lib/startSluice.ts';
import type { CoreOptions, Sluice } from './types.ts';

/**
 * Starts a sender that needs nothing but what every runtime has: `fetch`, `CompressionStream`, `crypto` and timers.
 * Throws where the options cannot work.
 *
 * @example
 * await using sluice = createSluice({ secretKey: env.SLUICE_SECRET_KEY, endpoint: 'https://events.example.com' });
 * sluice.track('Order Completed', { order_id: '1001', total: 19.9 }, { email: 'ada@example.com', country: 'DE' });
 */
export function createSluice<Events extends object = AnyEvents>(options: CoreOptions): Sluice<Events> {
  return startSluice(options, { store: options.store, gzip, now: () => performance.now(), random: Math.random }).sluice;
}
