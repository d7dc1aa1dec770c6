import type { Dropped, SluiceOptions } from '../types.ts';

/** Tells the page's own code, and in debug the console, about what will not be delivered. */
export function createReporter({ debug, onDropped }: SluiceOptions) {
  const warn = (what: string, detail: unknown) => {
    if (debug) console.warn(`[sluice] ${what}`, detail);
  };
  return {
    _report(dropped: Dropped) {
      warn('dropped', dropped);
      try {
        onDropped?.(dropped);
      } catch {
        // A listener that throws must not take the other messages with it.
      }
    },
    _reportLost: (property: string) => warn('left out', property),
  };
}
