import type { Emulator } from './Emulator.ts';
import { openEmulator } from './openEmulator.ts';
import type { EmulatorOptions } from './options.ts';
import { asSnapshot } from './state/asSnapshot.ts';

/**
 * A Klaviyo that lives in memory and answers `fetch`. Throws with the reason where an option is wrong.
 * @example
 * const emulator = createEmulator({ clock: { startMs: Date.UTC(2026, 10, 1) }, visibilityDelayMs: 0 });
 * await emulator.fetch(new Request('https://a.klaviyo.com/api/lists', { headers }));
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  // A copy: who goes on from a snapshot must not change it, nor the emulator that it came from.
  const kept = options.snapshot === undefined ? undefined : structuredClone(asSnapshot(options.snapshot));
  return openEmulator(options, { kept }).emulator;
}
