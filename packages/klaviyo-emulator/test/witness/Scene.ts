import type { ServeOptions } from '../../src/node.ts';
import type { Witness } from '../support/openWitness.ts';

/** Something the official client does and reads back. */
export interface Scene {
  /** Completes "the official client ...". */
  readonly does: string;
  readonly options?: ServeOptions;
  /** Plays with a fresh emulator and returns what the client saw. */
  readonly play: (klaviyo: Witness) => Promise<unknown>;
  readonly seen: unknown;
}
