/** The emulator's time: follows a source unless frozen, and can be moved in both modes. */
export interface Clock {
  now(): number;
  advance(byMs: number): void;
  set(toMs: number): void;
  /** Stops or restarts the flow of time at the present moment. */
  freeze(frozen: boolean): void;
  isFrozen(): boolean;
}

export interface ClockOptions {
  /** Milliseconds since 1970 at which the clock starts. @default the present */
  startMs?: number;
  /** True: time moves only when told. @default true when startMs is given */
  frozen?: boolean;
  /** Where real time comes from. @default Date.now */
  source?: () => number;
}

export function createClock(options: ClockOptions = {}): Clock {
  const source = options.source ?? Date.now;
  let frozen = options.frozen ?? options.startMs !== undefined;
  // While frozen, `anchor` is the time itself; while running, its distance from the source.
  let anchor = frozen ? (options.startMs ?? source()) : (options.startMs ?? source()) - source();
  const now = () => (frozen ? anchor : source() + anchor);
  return {
    now,
    advance(byMs) {
      anchor += byMs;
    },
    set(toMs) {
      anchor = frozen ? toMs : toMs - source();
    },
    freeze(wanted) {
      const present = now();
      frozen = wanted;
      anchor = frozen ? present : present - source();
    },
    isFrozen: () => frozen,
  };
}
