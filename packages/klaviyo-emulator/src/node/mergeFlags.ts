import type { Assumptions } from '../assumptions.ts';
import type { ServeOptions } from '../node.ts';
import type { PlainOptions } from '../settings/options.ts';

export interface Flags {
  port: number;
  config?: string;
  data?: string;
  visibilityDelay?: number;
  /** False with --no-limits, otherwise true. */
  limits: boolean;
  limitScale?: number;
  keepEvents?: number;
  keepProfiles?: number;
  assume: Partial<Assumptions>;
}

/** What the file says, and what the flags say over it, one value at a time. */
export function mergeFlags(config: PlainOptions, flags: Flags): ServeOptions {
  return {
    ...config,
    ...given({ port: flags.port, dataFile: flags.data, visibilityDelayMs: flags.visibilityDelay }),
    assume: { ...config.assume, ...flags.assume },
    limits: { ...config.limits, ...given({ enabled: flags.limits ? undefined : false, scale: flags.limitScale }) },
    keep: { ...config.keep, ...given({ events: flags.keepEvents, profiles: flags.keepProfiles }) },
  };
}

/** Without what was not given. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Only undefined leaves.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
