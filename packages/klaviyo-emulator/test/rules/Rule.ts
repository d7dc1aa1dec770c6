import type { createTestEmulator } from '../support/createTestEmulator.ts';

/** One rule of Klaviyo's that the emulator keeps, and the proof that something fails without it. */
export interface Rule {
  /** The rule in words; the name of its test. */
  readonly rule: string;
  /** Plays a scene with fresh emulators and returns what was seen, as plain JSON. */
  readonly scene: (open: typeof createTestEmulator) => Promise<unknown>;
  readonly seen: unknown;
  /** The text, once in a file under src, that makes the rule, and what stands there when it is switched off. */
  readonly off: Off;
}

export interface Off {
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
  /** The error's name, where the rule is all that keeps the emulator from throwing it. @default nothing is thrown */
  readonly throws?: string;
}
