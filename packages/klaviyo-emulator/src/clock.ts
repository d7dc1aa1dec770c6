import { MAX_TIME_MS } from './limits.ts';

/** The emulator's time: follows a source unless frozen, and can be moved in both modes. Whole milliseconds, always. */
export interface Clock {
  now(): number;
  /** Throws a RangeError where that is no whole number, or would leave the years 1970 to 9999. */
  advance(byMs: number): void;
  /** Throws a RangeError where that is no whole millisecond of the years 1970 to 9999. */
  set(toMs: number): void;
  /** Stops or restarts the flow of time at the present moment. */
  freeze(frozen: boolean): void;
  isFrozen(): boolean;
}

/** What goes on after a restart: while frozen the time itself, while running its distance from the source. */
export interface ClockState {
  frozen: boolean;
  anchorMs: number;
}

export interface StoredClock extends Clock {
  state(): ClockState;
}

export interface ClockOptions {
  /** Milliseconds since 1970 at which the clock starts. @default the present */
  startMs?: number;
  /** True: time moves only when told. @default true when startMs is given */
  frozen?: boolean;
  /** Where real time comes from. @default Date.now */
  source?: () => number;
}

/** Whether a clock can show it: later times have years of five digits, and a fraction is no millisecond. */
export function isClockTime(ms: unknown): ms is number {
  return Number.isInteger(ms) && Number(ms) >= 0 && Number(ms) <= MAX_TIME_MS;
}

/** Goes on from `kept` unless the options name a time or a mode; `moved` is called after every change but time's own. */
export function createClock(
  options: ClockOptions = {},
  { kept, moved }: { kept?: ClockState | undefined; moved?: () => void } = {},
): StoredClock {
  const source = () => Math.floor((options.source ?? Date.now)());
  let { frozen, anchorMs } = begin(options, { kept, sourceMs: source() });
  // A source may be anywhere, and goes on beyond the last moment that can be written.
  const now = () => (frozen ? anchorMs : Math.max(0, Math.min(source() + anchorMs, MAX_TIME_MS)));
  function set(toMs: number) {
    if (!isClockTime(toMs))
      throw new RangeError(`The clock takes whole milliseconds within the years 1970 to 9999, not ${toMs}.`);
    anchorMs = frozen ? toMs : toMs - source();
    moved?.();
  }
  return {
    now,
    set,
    advance: (byMs) => set(now() + byMs),
    freeze(wanted) {
      const present = now();
      frozen = wanted;
      set(present);
    },
    isFrozen: () => frozen,
    state: () => ({ frozen, anchorMs }),
  };
}

function begin(
  options: ClockOptions,
  { kept, sourceMs }: { kept: ClockState | undefined; sourceMs: number },
): ClockState {
  const { startMs, frozen = startMs !== undefined } = options;
  if (kept && startMs === undefined && options.frozen === undefined) return { ...kept };
  return { frozen, anchorMs: (startMs ?? sourceMs) - (frozen ? 0 : sourceMs) };
}
