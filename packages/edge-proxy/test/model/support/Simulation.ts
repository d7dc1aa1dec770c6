import { createEmulator, type Emulator, type EmulatorOptions } from '@sluice/klaviyo-emulator';
import { DeliveryHost } from './DeliveryHost.ts';
import { Network } from './Network.ts';

export { START_MS } from './DeliveryHost.ts';

export interface SimulationOptions {
  seed?: number;
  /** The part of Klaviyo's limits that is ours. @default 1 */
  share?: number;
  klaviyo?: EmulatorOptions;
}

/** One account's delivery in virtual time, with the emulator in Klaviyo's place and a network that may fail. */
export class Simulation extends DeliveryHost {
  readonly klaviyo: Emulator;
  readonly network: Network;

  constructor({ seed = 1, share = 1, klaviyo = {} }: SimulationOptions = {}) {
    super({ seed, share });
    this.klaviyo = createEmulator({
      visibilityDelayMs: 0,
      jobStepMs: 100,
      clock: { source: () => this.time.nowMs },
      requestLog: { maxEntries: 100_000, maxBodyBytes: 0 },
      limits: { seed: String(seed) },
      ...klaviyo,
    });
    this.network = new Network(this.time, this.klaviyo);
  }

  protected override fetch(url: string, init: RequestInit): Promise<Response> {
    return this.network.fetch(url, init);
  }
}
