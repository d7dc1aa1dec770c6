import type { AnyEvents } from '@sluice/shared/event-properties';
import { createNoop } from './lib/createNoop.ts';
import { startOnce } from './lib/startOnce.ts';
import type { Sluice, SluiceOptions } from './types.ts';

/**
 * Starts tracking for one write key, or returns the instance that this page already has for it; the options of the
 * first call then stay. Where there is no document, as on a server, every method does nothing.
 *
 * @example
 * const sluice = createSluice({ writeKey: 'wk_demo', endpoint: 'https://events.example.com' });
 * sluice.consent({ marketing: true });
 * sluice.page();
 */
export function createSluice<Events extends object = AnyEvents>(options: SluiceOptions): Sluice<Events> {
  // What events say is help while one writes; the same code serves them all.
  return (typeof document === 'undefined' ? createNoop() : startOnce(options)) as object as Sluice<Events>;
}
