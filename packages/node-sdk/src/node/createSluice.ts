import type { AnyEvents } from '@sluice/shared/event-properties';
import { startSluice } from '../lib/startSluice.ts';
import { DEFAULT_EXIT_TIMEOUT_MS } from '../limits.ts';
import type { NodeOptions, Sluice } from '../types.ts';
import { gzip } from './gzip.ts';
import { handleExit } from './handleExit.ts';
import { createSpool } from './spool/createSpool.ts';

/**
 * Starts a sender for a Node process, once for all of it. With a spool, what was tracked survives a crash or kill.
 * Throws where the options cannot work.
 *
 * @example
 * const sluice = createSluice({ secretKey: 'sk_demo', endpoint: 'https://events.example.com', spool: '/var/lib/shop' });
 * sluice.track('Order Completed', { order_id: '1001', total: 19.9 }, { userId: 'user-7', country: 'DE' });
 */
export function createSluice<Events extends object = AnyEvents>(options: NodeOptions): Sluice<Events> {
  const { spool, handleExit: handlesExit = true, exitTimeoutMs = DEFAULT_EXIT_TIMEOUT_MS } = options;
  const store = spool === undefined ? undefined : createSpool(typeof spool === 'string' ? { dir: spool } : spool);
  const started = startSluice(options, { store, gzip, now: () => performance.now(), random: Math.random });
  if (handlesExit) handleExit(started, exitTimeoutMs);
  return started.sluice;
}
